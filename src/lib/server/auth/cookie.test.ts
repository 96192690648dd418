import type { Cookies } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { clearToken, cookieName, readToken, setToken } from './cookie.ts';
import { absoluteAge } from './session.ts';

/** Cookies that only remember what was done to them. */
function remembering() {
	const done: unknown[][] = [];
	const cookies = {
		set: (...told: unknown[]) => done.push(['set', ...told]),
		delete: (...told: unknown[]) => done.push(['delete', ...told])
	} as unknown as Cookies;
	return { cookies, done };
}

test('over https the cookie is tied to this host, on plain loopback it has a name that browsers take', () => {
	expect([cookieName(true), cookieName(false)]).toEqual(['__Host-samrad', 'samrad']);
});

test('no script reads the token, no other site sends it, and it lasts as long as a session can', () => {
	const { cookies, done } = remembering();
	setToken(cookies, 'tok', true);
	expect(done).toEqual([
		[
			'set',
			'__Host-samrad',
			'tok',
			{ path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: absoluteAge / 1000 }
		]
	]);
});

test('signing out takes the same cookie away', () => {
	const { cookies, done } = remembering();
	clearToken(cookies, true);
	expect(done).toEqual([['delete', '__Host-samrad', { path: '/', secure: true }]]);
});

test('the token is read from a raw header, under the name that fits the connection', () => {
	expect(readToken('a=1; samrad=tok; b=2', false)).toBe('tok');
	expect(readToken('samrad=tok', true)).toBeUndefined();
	expect(readToken('__Host-samrad=tok', true)).toBe('tok');
});

test('a cookie whose name only ends like ours is not the token', () => {
	expect(readToken('xsamrad=a; samrad2=b', false)).toBeUndefined();
	expect(readToken(undefined, false)).toBeUndefined();
});
