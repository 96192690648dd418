import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/*
 * A WebSocket with nothing in it but what a load generator needs: it must stay lighter than any
 * server that it loads. One buffer for all reading, frames handed over as views, several frames
 * written at once.
 */

const reading = Buffer.allocUnsafe(256 * 1024);
const opcodes = { binary: 2, close: 8, ping: 9, pong: 10 };

export class BareSocket {
	/** Called with each binary frame; the bytes are good during the call only. */
	onframe: (frame: Buffer) => void = () => {};
	/** Called once, when the other end has gone. The code is 1006 when it said none. */
	onclose: (code: number) => void = () => {};
	#socket: Socket;
	#rest: Buffer = Buffer.alloc(0);
	#isOpen = false;
	#code = 1006;
	/** Of a message in several frames. */
	#parts: Buffer[] = [];

	private constructor(socket: Socket) {
		this.#socket = socket;
	}

	/** Opens `path` with these headers. Rejects when the upgrade is refused. */
	static open(
		port: number,
		path: string,
		headers: Record<string, string> = {}
	): Promise<BareSocket> {
		return new Promise((resolve, reject) => {
			const socket = connect({
				port,
				host: '127.0.0.1',
				noDelay: true,
				onread: {
					buffer: reading,
					callback: (size) => {
						bare.#hear(reading.subarray(0, size), resolve, reject);
						return true;
					}
				}
			});
			const bare = new BareSocket(socket);
			socket.on('error', reject);
			socket.on('close', () => bare.onclose(bare.#code));
			const lines = [
				`GET ${path} HTTP/1.1`,
				`Host: 127.0.0.1:${port}`,
				'Connection: Upgrade',
				'Upgrade: websocket',
				'Sec-WebSocket-Version: 13',
				`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
				...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
			];
			socket.write(`${lines.join('\r\n')}\r\n\r\n`);
		});
	}

	/** Sends frames with one call to the system. */
	send(...frames: Uint8Array[]): void {
		if (this.#socket.writable)
			this.#socket.write(Buffer.concat(frames.flatMap((frame) => framed(frame))));
	}

	/** Gone at once, without a word. */
	destroy(): void {
		this.onclose = () => {};
		this.#socket.destroy();
	}

	#hear(chunk: Buffer, opened: (socket: BareSocket) => void, refused: (why: Error) => void): void {
		let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
		if (!this.#isOpen) {
			const end = bytes.indexOf('\r\n\r\n');
			if (end < 0) return void (this.#rest = Buffer.from(bytes));
			const [status = ''] = bytes.toString('latin1', 0, end).split('\r\n');
			if (!status.includes(' 101 '))
				return refused(new Error(`The upgrade was refused: ${status}`));
			this.#isOpen = true;
			opened(this);
			bytes = bytes.subarray(end + 4);
			// Whoever waits for the opening says a microtask later what is to be done with frames.
			if (bytes.length > 0)
				queueMicrotask(() => queueMicrotask(() => this.#hear(this.#take(), opened, refused)));
			return void (this.#rest = Buffer.from(bytes));
		}
		const used = this.#readFrames(bytes);
		this.#rest = used === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(used));
	}

	#take(): Buffer {
		const rest = this.#rest;
		this.#rest = Buffer.alloc(0);
		return rest;
	}

	/** Hands over the whole frames in these bytes and returns how many bytes they were. */
	#readFrames(bytes: Buffer): number {
		let at = 0;
		while (bytes.length - at >= 2) {
			const short = bytes[at + 1]! & 127;
			const head = short < 126 ? 2 : short === 126 ? 4 : 10;
			if (bytes.length - at < head) break;
			const size =
				short < 126
					? short
					: short === 126
						? bytes.readUInt16BE(at + 2)
						: Number(bytes.readBigUInt64BE(at + 2));
			if (bytes.length - at < head + size) break;
			this.#take1(bytes[at]!, bytes.subarray(at + head, at + head + size));
			at += head + size;
		}
		return at;
	}

	#take1(first: number, payload: Buffer): void {
		const opcode = first & 15;
		const isLast = (first & 128) !== 0;
		if (opcode === opcodes.ping) this.#socket.write(Buffer.concat(framed(payload, opcodes.pong)));
		else if (opcode === opcodes.close) {
			if (payload.length >= 2) this.#code = payload.readUInt16BE(0);
			this.#socket.end();
		} else if (opcode <= opcodes.binary) {
			if (isLast && this.#parts.length === 0) return this.onframe(payload);
			this.#parts.push(Buffer.from(payload));
			if (isLast) this.onframe(Buffer.concat(this.#parts.splice(0)));
		}
	}
}

/** A client's frames have to be masked; a mask of zeros leaves the bytes as they are. */
function framed(payload: Uint8Array, opcode: number = opcodes.binary): Uint8Array[] {
	const size = payload.byteLength;
	const head = Buffer.alloc(size < 126 ? 6 : size < 65_536 ? 8 : 14);
	head[0] = 128 | opcode;
	if (size < 126) head[1] = 128 | size;
	else if (size < 65_536) {
		head[1] = 128 | 126;
		head.writeUInt16BE(size, 2);
	} else {
		head[1] = 128 | 127;
		head.writeBigUInt64BE(BigInt(size), 2);
	}
	return [head, payload];
}
