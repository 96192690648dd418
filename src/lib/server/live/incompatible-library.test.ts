import { expect, test } from 'vitest';
import { IncompatibleLibrary } from './incompatible-library.ts';

test('whoever starts the server reads which library it is, what was found, and where it is written why', () => {
	const fault = new IncompatibleLibrary('yjs', 'structs are merged', '0018');
	expect(fault.name).toBe('IncompatibleLibrary');
	for (const part of ['yjs', 'structs are merged', 'docs/decisions/0018'])
		expect(fault.message).toContain(part);
});
