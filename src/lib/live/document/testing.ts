import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { Message, Sync } from '#lib/domain/wire.ts';

/**
 * For tests: one document behind a real socket, doing as it is told. Nothing here is how the real
 * server does it.
 */
export class ScriptedServer {
	readonly doc = new Y.Doc();
	readonly sockets = new Set<WebSocket>();
	readonly frames: Uint8Array[] = [];
	readonly paths: string[] = [];
	readonly asked: number[] = [];
	/** Echoes that are kept back while `holding`. */
	held: { socket: WebSocket; number: number }[] = [];
	holding = false;
	/** Neither asks nor answers. */
	mute = false;
	/** Takes sockets at all; otherwise the connection is cut before it is one. */
	accepting = true;
	/** Closes with this code instead of taking an update that changes something. */
	refusing: number | null = null;
	readonly #server: WebSocketServer;

	private constructor(server: WebSocketServer) {
		this.#server = server;
		server.on('connection', (socket, request) => {
			this.paths.push(request.url ?? '');
			if (this.accepting) this.#join(socket);
			else socket.terminate();
		});
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			for (const socket of this.sockets) {
				if (socket !== origin) send(socket, (encoder) => sync.writeUpdate(encoder, update));
			}
		});
	}

	static start(): Promise<ScriptedServer> {
		return new Promise((resolve) => {
			const server: WebSocketServer = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () =>
				resolve(new ScriptedServer(server))
			);
		});
	}

	get url(): string {
		const address = this.#server.address();
		if (typeof address !== 'object' || address === null) throw new Error('not listening');
		return `ws://127.0.0.1:${address.port}/live`;
	}

	/** Lets go the oldest `count` echoes, or all of them and those to come. */
	release(count?: number): void {
		if (count === undefined) this.holding = false;
		for (const { socket, number } of this.held.splice(0, count ?? this.held.length)) {
			echo(socket, number);
		}
	}

	askForTheirs(): void {
		for (const socket of this.sockets) send(socket, (e) => sync.writeSyncStep1(e, this.doc));
	}

	/** Ends every connection: with a code, or as a network does. */
	cut(code?: number): void {
		for (const socket of this.sockets) {
			if (code === undefined) socket.terminate();
			else socket.close(code);
		}
	}

	destroy(): void {
		this.cut();
		this.#server.close();
		this.doc.destroy();
	}

	#join(socket: WebSocket): void {
		this.sockets.add(socket);
		socket.on('close', () => {
			this.sockets.delete(socket);
			this.held = this.held.filter((kept) => kept.socket !== socket);
		});
		socket.on('message', (data: Buffer) => this.#read(socket, new Uint8Array(data)));
		if (!this.mute) send(socket, (encoder) => sync.writeSyncStep1(encoder, this.doc));
	}

	#read(socket: WebSocket, frame: Uint8Array): void {
		this.frames.push(frame);
		if (this.mute || socket.readyState !== socket.OPEN) return;
		const decoder = decoding.createDecoder(frame);
		const kind = decoding.readVarUint(decoder);
		if (kind === Message.ack) this.#acknowledge(socket, decoding.readVarUint(decoder));
		if (kind !== Message.sync) return;
		const step = decoding.readVarUint(decoder);
		const bytes = decoding.readVarUint8Array(decoder);
		if (step === Sync.step1) {
			send(socket, (encoder) => sync.writeSyncStep2(encoder, this.doc, bytes));
		} else if (this.refusing !== null && !isEmpty(bytes)) {
			socket.close(this.refusing);
		} else {
			Y.applyUpdate(this.doc, bytes, socket);
		}
	}

	#acknowledge(socket: WebSocket, number: number): void {
		this.asked.push(number);
		if (this.holding) this.held.push({ socket, number });
		else echo(socket, number);
	}
}

/** Two bytes: no structs, no deletions. */
function isEmpty(update: Uint8Array): boolean {
	return update.length === 2;
}

function echo(socket: WebSocket, number: number): void {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, Message.ack);
	encoding.writeVarUint(encoder, number);
	socket.send(encoding.toUint8Array(encoder));
}

function send(socket: WebSocket, write: (encoder: encoding.Encoder) => void): void {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, Message.sync);
	write(encoder);
	socket.send(encoding.toUint8Array(encoder));
}
