import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Delivery, Letter, Post } from './post.ts';

/* A mail server on this machine, and a post that only remembers. */

export interface MailServer {
	port: number;
	/** Every message that it has taken, as it travelled. */
	taken: string[];
	/** Every message that it has been offered, taken or not. */
	offered: number;
	stop(): Promise<void>;
}

/**
 * What it does when a message is offered; nothing: it takes it. A number: it says no. `cut`: the
 * line is cut in the middle.
 */
export type Behaviour = () => number | 'cut' | undefined;

export async function startMailServer(
	behave: { sender?: () => number | undefined; message?: Behaviour; auth?: string } = {}
): Promise<MailServer> {
	const sockets = new Set<Socket>();
	const state: MailServer = { port: 0, taken: [], offered: 0, stop };
	const no = (code: number) => Object.assign(new Error('No'), { responseCode: code });
	const server = new SMTPServer({
		authOptional: behave.auth === undefined,
		allowInsecureAuth: true,
		disabledCommands: ['STARTTLS'],
		onAuth: ({ username, password }, _, done) =>
			`${username}:${password}` === behave.auth ? done(null, { user: username }) : done(no(535)),
		onMailFrom(_, session, done) {
			const code = behave.sender?.();
			if (code) done(no(code));
			else done();
		},
		onData(stream, _, done) {
			state.offered += 1;
			const chunks: Buffer[] = [];
			const answer = behave.message?.();
			stream.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				if (answer === 'cut') for (const socket of sockets) socket.destroy();
			});
			stream.on('end', () => {
				if (typeof answer === 'number') return done(no(answer));
				if (answer === 'cut') return;
				state.taken.push(Buffer.concat(chunks).toString('utf8'));
				done();
			});
		}
	});
	server.on('error', () => {});
	server.server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	state.port = (server.server.address() as AddressInfo).port;
	return state;

	function stop(): Promise<void> {
		return new Promise((stopped) => {
			for (const socket of sockets) socket.destroy();
			server.close(() => stopped());
		});
	}
}

/** A post that keeps what it is given, and answers as told; by default that it was sent. */
export function rememberingPost(answer: (letter: Letter) => Delivery | Promise<Delivery> = sent): {
	letters: Letter[];
	post: Post;
} {
	const letters: Letter[] = [];
	return {
		letters,
		post: async (letter) => {
			letters.push(letter);
			return answer(letter);
		}
	};
}

function sent(): Delivery {
	return { state: 'sent' };
}
