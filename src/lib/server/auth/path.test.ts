import { expect, test } from 'vitest';
import { localPath } from './path.ts';

test.each([
	['/meetings/1?x=2', '/meetings/1?x=2'],
	['//evil.example', '/'],
	['/\\evil.example', '/'],
	['https://evil.example', '/'],
	['meetings/1', '/'],
	['/meetings/1\r\nSet-Cookie: a=1', '/'],
	['/\t/evil.example', '/'],
	[null, '/']
])('after signing in %s leads to %s', (to, path) => {
	expect(localPath(to)).toBe(path);
});
