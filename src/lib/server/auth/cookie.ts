import type { Cookies } from '@sveltejs/kit';
import { absoluteAge } from './session.ts';

/**
 * `__Host-` ties the cookie to this host over https; browsers refuse that name on plain loopback.
 */
export function cookieName(secure: boolean): string {
	return secure ? '__Host-samrad' : 'samrad';
}

export function setToken(cookies: Cookies, token: string, secure: boolean): void {
	cookies.set(cookieName(secure), token, {
		path: '/',
		httpOnly: true,
		secure,
		sameSite: 'lax',
		maxAge: absoluteAge / 1000
	});
}

export function clearToken(cookies: Cookies, secure: boolean): void {
	cookies.delete(cookieName(secure), { path: '/', secure });
}

/** The token in a raw Cookie header, as a socket's handshake has it. */
export function readToken(header: string | undefined, secure: boolean): string | undefined {
	const name = `${cookieName(secure)}=`;
	return header
		?.split(/;\s*/)
		.find((part) => part.startsWith(name))
		?.slice(name.length);
}
