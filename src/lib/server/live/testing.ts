import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { agendaItems, caseTextOf } from '#lib/domain/agenda.ts';
import { type DocumentName, formatRoomName } from '#lib/domain/document.ts';
import { checkAgenda, checkCaseText } from '#lib/domain/shape.ts';
import { Message } from '#lib/domain/wire.ts';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import { type Access, register } from './document-kinds.ts';
import { onFault } from './faults.ts';
import * as rooms from './rooms.ts';
import { openDoor } from './upgrade.ts';

/*
 * What the engine's tests share: a server with a door, real y-websocket peers, and peers that
 * speak raw frames.
 */

/** Everything a test needs, fresh, and gone when it ends. */
export function useEngine(): void {
	beforeEach(async () => {
		openTestDatabase();
		registerKinds();
		faults.length = 0;
		damaged.length = 0;
		onFault((event) => faults.push(event));
		await start();
	});
	afterEach(async () => {
		guests.splice(0).forEach((guest) => guest.leave());
		await stop();
		project.with = () => {};
		closeDatabase();
	});
}

/** Names of the faults that were reported. */
export const faults: string[] = [];
const guests: { leave(): void }[] = [];

/** `person/document id` → right. Who is not here has none. */
export const rights = new Map<string, Access>();
/** What the projectors were told. */
export const projected: { id: string; changed: string[] }[] = [];
export const deadSessions = new Set<string>();
/** Ids of the documents of which something was found damaged. */
export const damaged: string[] = [];
/** What the projectors do besides taking notes. */
export const project: { with: (doc: Y.Doc, id: string) => void } = { with: () => {} };

function registerKinds(): void {
	const access = (person: string, id: string) => rights.get(`${person}/${id}`) ?? null;
	const projector = (doc: Y.Doc, id: string, changed: ReadonlySet<string>) => {
		projected.push({ id, changed: [...changed] });
		project.with(doc, id);
	};
	const shared = { access, project: projector, damaged: (id: string) => damaged.push(id) };
	register('agenda', { ...shared, open: agendaItems, check: checkAgenda });
	register('item', { ...shared, open: caseTextOf, check: checkCaseText });
}

export const origin = 'http://samrad.test';
let server: Server | null = null;
let port = 0;

/** Starts a server; again after `stop`. Who comes is said by the query: `?person=&session=`. */
export async function start(): Promise<void> {
	const door = openDoor({
		identify: (request) => {
			const query = new URL(request.url ?? '', 'http://x').searchParams;
			const person = query.get('person');
			const session = query.get('session') ?? `session of ${person}`;
			if (!person || deadSessions.has(session)) return null;
			return { person, name: `Name of ${person}`, session, colour: '#123456' };
		},
		origin: (request) => request.headers.origin === origin,
		alive: (session) => !deadSessions.has(session)
	});
	const started = createServer().on('upgrade', door);
	await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
	port = (started.address() as AddressInfo).port;
	server = started;
}

/** Ends every socket and drops every room, as a restart does. */
export async function stop(): Promise<void> {
	rooms.closeAll(1012);
	const stopped = server;
	server = null;
	stopped?.closeAllConnections();
	await new Promise<void>((done) => (stopped ? stopped.close(() => done()) : done()));
}

export function newDocument(kind: 'agenda' | 'item', who: Record<string, Access>): DocumentName {
	const id = randomUUID();
	for (const [person, access] of Object.entries(who)) rights.set(`${person}/${id}`, access);
	return { kind, id };
}

export class PeerSocket extends WebSocket {
	constructor(url: string, protocols?: string | string[]) {
		super(url, protocols, { origin });
	}
}

/** A peer as a browser has it. */
export class Person {
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	readonly acks: number[] = [];
	#asked = 0;

	constructor(
		name: DocumentName,
		person: string,
		options: { epoch?: number; session?: string } = {}
	) {
		const room = formatRoomName(name, options.epoch ?? 1);
		this.provider = new WebsocketProvider(`ws://127.0.0.1:${port}/live`, room, this.doc, {
			WebSocketPolyfill: PeerSocket as unknown as typeof globalThis.WebSocket,
			disableBc: true,
			params: { person, ...(options.session ? { session: options.session } : {}) }
		});
		guests.push(this);
		this.provider.on('connection-close', (event) => event && this.closings.push(event.code));
		this.provider.messageHandlers[Message.ack] = (_, decoder) => {
			this.acks.push(decoding.readVarUint(decoder));
		};
	}

	async synced(): Promise<this> {
		await until(() => this.provider.synced);
		return this;
	}

	/** Waits until the server has said that everything so far is stored. */
	async saved(): Promise<void> {
		const number = this.askAck();
		await until(() => this.acks.includes(number));
	}

	askAck(): number {
		const number = ++this.#asked;
		this.provider.ws?.send(frame(Message.ack, number));
		return number;
	}

	/** The codes with which the server has closed its sockets. */
	readonly closings: number[] = [];

	/** The next code with which the server closes. */
	async closed(): Promise<number> {
		const before = this.closings.length;
		await until(() => this.closings.length > before, 'a closing');
		return this.closings.at(-1)!;
	}

	leave(): void {
		this.provider.destroy();
		this.provider.awareness.destroy();
		this.doc.destroy();
	}
}

/** A peer that says exactly what it is told to. */
export class Raw {
	readonly socket: WebSocket;
	readonly heard: Uint8Array[] = [];
	readonly said: unknown[] = [];
	readonly closed: Promise<number>;

	constructor(path: string, from: string | null = origin) {
		const address = `ws://127.0.0.1:${port}${path}`;
		this.socket = new WebSocket(address, from === null ? {} : { origin: from });
		guests.push(this);
		this.socket.on('error', () => {});
		this.socket.on('message', (data: Buffer, isBinary) => {
			if (isBinary) this.heard.push(new Uint8Array(data));
			else this.said.push(JSON.parse(data.toString()));
		});
		this.closed = new Promise((done) => this.socket.on('close', (code) => done(code)));
	}

	static to(name: DocumentName, person: string): Raw {
		return new Raw(`/live/${formatRoomName(name, 1)}?person=${person}`);
	}

	async open(): Promise<this> {
		await until(() => this.socket.readyState !== WebSocket.CONNECTING);
		return this;
	}

	/** Numbers are written as varuints, bytes with their length before them. */
	send(...parts: (number | Uint8Array)[]): void {
		this.socket.send(frame(...parts));
	}

	leave(): void {
		this.socket.terminate();
	}

	/** What it has heard of one kind: the bytes after the kind. */
	of(kind: number): Uint8Array[] {
		return this.heard.filter((data) => data[0] === kind).map((data) => data.slice(1));
	}
}

export function frame(...parts: (number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
	const encoder = encoding.createEncoder();
	for (const part of parts) {
		if (typeof part === 'number') encoding.writeVarUint(encoder, part);
		else encoding.writeVarUint8Array(encoder, part);
	}
	return encoding.toUint8Array(encoder).slice();
}

/** Waits for what is to come. On a busy machine that takes a while: the limit is for what hangs. */
export async function until(holds: () => boolean, what = String(holds)): Promise<void> {
	const end = Date.now() + 20_000;
	while (!holds()) {
		if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
		await new Promise((done) => setTimeout(done, 2));
	}
}

/** Of a document, how many rows a table has. */
export function rowsOf(name: DocumentName, table = 'document_log'): number {
	const row = sqlite()
		.prepare(`SELECT count(*) AS n FROM ${table} WHERE document = ?`)
		.get(`${name.kind}:${name.id}`);
	return (row as { n: number }).n;
}

/** What a new reader of the log and the state gets. */
export function onDisk(name: DocumentName): Y.Doc {
	const doc = new Y.Doc();
	const id = `${name.kind}:${name.id}`;
	for (const table of ['document_state', 'document_log']) {
		const rows = sqlite()
			.prepare(`SELECT bytes FROM ${table} WHERE document = ? ORDER BY seq`)
			.all(id);
		for (const row of rows as { bytes: Buffer }[]) Y.applyUpdate(doc, row.bytes);
	}
	return doc;
}

export function portOf(): number {
	return port;
}
