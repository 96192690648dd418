import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type DocumentName, limits, parseRoomName } from '#lib/domain/document.ts';
import { Close, type CloseCode, eventsPath, livePath } from '#lib/domain/wire.ts';
import { AdmissionQueue } from './admission-queue.ts';
import { Connection } from './connection.ts';
import { type Access, handlerOf } from './document-kinds.ts';
import { EventStream } from './events.ts';
import { fault } from './faults.ts';
import * as meters from './meters.ts';
import * as rooms from './rooms.ts';
import { probeSockets } from './socket-probe.ts';
import * as sockets from './sockets.ts';
import type { LiveSocket, Visitor } from './sockets.ts';

export type { Visitor } from './sockets.ts';

export interface Door {
	/** Who asks to come in, from the cookies; null when nobody is signed in. */
	identify(request: IncomingMessage): Visitor | null;
	/** Whether the request's Origin is exactly ours. */
	origin(request: IncomingMessage): boolean;
	/** Whether a session still stands: asked every 20 seconds, for those that end by time. */
	alive?(session: string): boolean;
}

/** Sockets in all, and of one person. */
const most = { all: 4000, person: 100 };
/** Sockets that have been refused and are not closed yet. */
const mostRefused = 200;

type Verdict =
	| { enter: 'document'; visitor: Visitor; name: DocumentName; access: Access }
	| { enter: 'events'; visitor: Visitor }
	| { enter: 'nothing'; code: CloseCode };

/**
 * Opens the door for `/live/<document>@<epoch>` and `/live/events`: the listener for a server's
 * `upgrade` event. Each is let in in its turn (threshold.ts) and judged in one synchronous go,
 * before a byte is read. A browser sees a refused upgrade only as 1006 and y-websocket tries it
 * again for ever, so all refusals but that of a foreign Origin let the upgrade through and then
 * close with a code.
 */
export function openDoor(
	door: Door
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
	const options = {
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		WebSocket: sockets.LiveSocket
	};
	probeSockets(options);
	const server = new WebSocketServer({ ...options, maxPayload: limits.frame });
	const refuser = new WebSocketServer({ ...options, maxPayload: 1024 });
	const admissionQueue = new AdmissionQueue();
	let refused = 0;
	rooms.opened();
	sockets.keepWatch((session) => door.alive?.(session) ?? true);

	const refuse = (code: CloseCode) => (socket: LiveSocket) => {
		refused++;
		socket.on('error', () => socket.terminate());
		socket.on('close', () => refused--);
		socket.close(code);
	};

	return (request, socket, head) => {
		// A reset at any later moment would otherwise end the process.
		socket.on('error', () => socket.destroy());
		const path = pathOf(request);
		if (path === null) return answer(socket, 404);
		if (!door.origin(request)) return answer(socket, 403);
		const enter = () => !socket.destroyed && letIn(request, socket, head, path);
		if (!admissionQueue.knock(enter)) answer(socket, 503);
	};

	function letIn(request: IncomingMessage, socket: Duplex, head: Buffer, path: string): void {
		if (rooms.isClosed() || refused >= mostRefused || sockets.count() >= most.all)
			return answer(socket, 503);
		const verdict = judge(door, request, path);
		const chosen = verdict.enter === 'nothing' ? refuser : server;
		chosen.handleUpgrade(request, socket, head, (upgraded) => {
			const accepted = upgraded as LiveSocket;
			accepted.wire = socket;
			if (verdict.enter === 'nothing') return refuse(verdict.code)(accepted);
			accepted.on('error', () => {});
			if (verdict.enter === 'events') return new EventStream(accepted, verdict.visitor).open();
			new Connection(accepted, verdict.visitor, verdict.name, verdict.access).open();
		});
	}
}

function judge(door: Door, request: IncomingMessage, path: string): Verdict {
	try {
		const visitor = door.identify(request);
		if (!visitor) return no(Close.signedOut);
		if (sockets.count(visitor.person) >= most.person) return no(Close.tooFast);
		if (path === eventsPath) return { enter: 'events', visitor };
		const room = parseRoomName(path.slice(livePath.length + 1));
		const access = room && handlerOf(room.name.kind)?.access(visitor.person, room.name.id);
		if (!room || !access) return no(Close.unknown);
		if (room.epoch !== rooms.epochOf(room.name)) return no(Close.epochPassed);
		return { enter: 'document', visitor, name: room.name, access };
	} catch (error) {
		fault('live.handshake', error);
		return no(Close.storageRefuses);
	}
}

function no(code: CloseCode): Verdict {
	return { enter: 'nothing', code };
}

/** Null when it is none of ours. */
function pathOf(request: IncomingMessage): string | null {
	try {
		const path = decodeURIComponent((request.url ?? '').split('?', 1)[0] ?? '');
		return path.startsWith(`${livePath}/`) ? path : null;
	} catch {
		return null;
	}
}

function answer(socket: Duplex, status: 403 | 404 | 503): void {
	meters.add(meters.turnedAway, status);
	const said = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' }[status];
	socket.end(`HTTP/1.1 ${status} ${said}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
	socket.once('finish', () => socket.destroy());
}
