import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { livePath, Message, Sync } from '../../src/lib/domain/wire.ts';
import { frame } from '../peers.ts';

/*
 * A process of its own, that steps aside for others, so that what it does costs those who are
 * measured as little as can be besides
 * what it costs the server:
 * `mob.ts <what> <port> <room> <cookie> …`. It goes on until it is ended, and counts on standard
 * output.
 */

setPriority(19);
const [what = '', port = '', room = '', ...cookies] = process.argv.slice(2);
const path = `${livePath}/${room}`;
const origin = `http://127.0.0.1:${port}`;
let verbs = 0;
let turn = 0;

const mobs: Record<string, () => void> = {
	/** Asks for everything, again and again, and reads nothing. */
	slow() {
		const one = () => {
			const socket = open();
			socket.on('open', () => {
				socket.send(frame(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc())));
				socket.pause();
				verbs++;
			});
			socket.on('close', () => setTimeout(one, 100));
		};
		times(60, one);
	},
	/** Comes in and goes at once. */
	storm() {
		const one = () => {
			const socket = open();
			socket.once('message', () => {
				verbs++;
				socket.terminate();
			});
			socket.on('close', () => setImmediate(one));
		};
		times(20, one);
	},
	/** Begins to ask, a letter at a time, and never gets to the end; some are torn off. */
	half() {
		const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\nX-Long: `;
		const one = () => {
			const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
			verbs++;
			let at = 0;
			const timer = setInterval(() => {
				socket.write(head[at++] ?? 'x');
				if (at > 40 && verbs % 3 === 0) socket.resetAndDestroy();
			}, 50);
			socket.on('close', () => {
				clearInterval(timer);
				setTimeout(one, 20);
			});
		};
		times(400, one);
	}
};

function open(): WebSocket {
	const cookie = cookies[turn++ % cookies.length] ?? '';
	return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { cookie, origin } }).on(
		'error',
		() => {}
	);
}

function times(count: number, verb: () => void): void {
	for (let done = 0; done < count; done++) verb();
}

mobs[what]?.();
setInterval(() => process.stdout.write(`${verbs}\n`), 200);
