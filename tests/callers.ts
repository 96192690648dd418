import { WebSocket } from 'ws';
import type { RunningServer } from './server.ts';

/* Somebody without a browser: the made-up people's cookies, used by hand. */

export interface Caller {
	server: RunningServer;
	/** The Cookie header; empty for somebody who is not signed in. */
	cookie: string;
}

export const stranger = (server: RunningServer): Caller => ({ server, cookie: '' });

/** Signs one of the made-up people in, by code. */
export async function caller(server: RunningServer, person: string): Promise<Caller> {
	const answer = await post(stranger(server), '/sign-in/demo', { person });
	const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
	if (answer.status !== 303 || !cookie) throw new Error(`${person} could not sign in.`);
	return { server, cookie };
}

/** Asks for an address as a browser would that follows no redirects. */
export function get(who: Caller, path: string, accept = 'text/html'): Promise<Response> {
	return fetch(new URL(path, who.server.url), {
		headers: { cookie: who.cookie, accept },
		redirect: 'manual'
	});
}

type Fields = Record<string, string | string[]>;

/**
 * Sends a form as a page without scripts does: from our own Origin, unless the headers say
 * otherwise.
 */
export function post(
	who: Caller,
	path: string,
	fields: Fields,
	headers: Record<string, string> = {}
): Promise<Response> {
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(fields))
		for (const one of [value].flat()) form.append(name, one);
	return send(who, path, form.toString(), {
		'content-type': 'application/x-www-form-urlencoded',
		origin: who.server.url,
		...headers
	});
}

/** Sends whatever body with whatever headers, and none besides the cookie. */
export function send(
	who: Caller,
	path: string,
	body: string | Uint8Array<ArrayBuffer>,
	headers: Record<string, string>,
	method = 'POST'
): Promise<Response> {
	return fetch(new URL(path, who.server.url), {
		method,
		body,
		headers: { cookie: who.cookie, accept: 'text/html', ...headers },
		redirect: 'manual'
	});
}

/** Opens a socket by hand. */
export function dial(who: Caller, path: string, origin = who.server.url): WebSocket {
	const { port } = new URL(who.server.url);
	return new WebSocket(`ws://127.0.0.1:${port}${path}`, {
		headers: { cookie: who.cookie, origin }
	});
}

export interface Ending {
	/** The socket's close code, or the HTTP status of an upgrade that was refused. */
	code: number;
	/** What the server had said before. */
	heard: Buffer[];
}

/** How a socket ends. `begin` is called when it has opened. */
export function ending(socket: WebSocket, begin?: () => void): Promise<Ending> {
	const heard: Buffer[] = [];
	return new Promise((resolve, reject) => {
		if (begin) socket.once('open', begin);
		socket.on('message', (data) => heard.push(data as Buffer));
		socket.once('close', (code) => resolve({ code, heard }));
		socket.once('unexpected-response', (_, { statusCode }) => {
			resolve({ code: statusCode ?? 0, heard });
		});
		socket.once('error', reject);
	});
}
