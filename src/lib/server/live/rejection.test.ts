import { expect, test } from 'vitest';
import { Close } from '#lib/domain/wire.ts';
import { Rejection } from './rejection.ts';

test('a rejection says with which code the socket is closed, and keeps its cause for the log', () => {
	const cause = new Error('truncated');
	const rejection = new Rejection(Close.malformed, cause);
	expect(rejection).toBeInstanceOf(Error);
	expect(rejection).toMatchObject({ name: 'Rejection', code: Close.malformed, cause });
	expect(rejection.message).toBe(`closes with ${Close.malformed}`);
});
