import { getSchema } from '@tiptap/core';
import { expect, test } from 'vitest';
import { plainWords } from '#lib/domain/rich-text.ts';
import { plainExtensions } from './plain.ts';

const schema = getSchema(plainExtensions);

test('the editor writes exactly what the server takes in, to the last attribute', () => {
	const written = Object.entries(schema.nodes).filter(([name]) => name !== 'text');
	const taken = [...plainWords.nodes].map(([name, shape]) => [
		name || 'doc',
		Object.keys(shape.attributes)
	]);
	expect(written.map(([name, type]) => [name, Object.keys(type.spec.attrs ?? {})]).sort()).toEqual(
		taken.sort()
	);
	expect(Object.keys(schema.marks)).toEqual([]);
	expect(plainWords.marks).toBeNull();
});
