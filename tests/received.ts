import type { CDPSession, Page } from '@playwright/test';
import { type Traffic, watchSockets } from './people.ts';

interface Answer {
	requestId: string;
	request: { url: string };
	responseStatusCode?: number;
	responseHeaders?: unknown;
}

interface Piece {
	from: string;
	bytes: Buffer;
}

/**
 * Everything that reaches a page from now on: answers with their headers, and the frames of its
 * sockets.
 */
export class Received {
	readonly traffic: Traffic;
	readonly #answers: Piece[] = [];

	private constructor(page: Page) {
		this.traffic = watchSockets(page);
	}

	/**
	 * Reads along on the way, since a page that has been left does not give out any more what it
	 * got.
	 */
	static async by(page: Page): Promise<Received> {
		const received = new Received(page);
		const wire = await page.context().newCDPSession(page);
		wire.on('Fetch.requestPaused', (answer) => void received.#take(wire, answer));
		await wire.send('Fetch.enable', { patterns: [{ requestStage: 'Response' }] });
		return received;
	}

	/** All of it so far. */
	get all(): Piece[] {
		const frames = this.traffic.frames
			.filter(({ direction }) => direction === 'received')
			.map(({ path, payload }) => ({ from: path, bytes: Buffer.from(payload) }));
		return [...this.#answers, ...frames];
	}

	/** Whether a frame of text with this in it has come. */
	hasHeard(text: string): boolean {
		return this.traffic.frames.some(
			({ direction, payload }) => direction === 'received' && payload.includes(text)
		);
	}

	async #take(wire: CDPSession, answer: Answer): Promise<void> {
		const { requestId, request, responseStatusCode: status = 0, responseHeaders } = answer;
		const hasBody = status >= 200 && (status < 300 || status >= 400);
		try {
			const body = hasBody ? await wire.send('Fetch.getResponseBody', { requestId }) : null;
			const encoding = body?.base64Encoded ? 'base64' : 'utf8';
			const headers = Buffer.from(JSON.stringify(responseHeaders ?? []));
			this.#answers.push({
				from: request.url,
				bytes: Buffer.concat([headers, Buffer.from(body?.body ?? '', encoding)])
			});
			await wire.send('Fetch.continueRequest', { requestId });
		} catch (fault) {
			// A page that is gone, or that has given the request up, has received nothing.
			if (!/closed|Invalid InterceptionId/.test(String(fault))) throw fault;
		}
	}
}

/** Where each of the words stands in what was received: none, it is to be hoped. */
export function traces(pieces: Piece[], words: readonly string[]): string[] {
	const needles = words.map((word) => ({ word, bytes: Buffer.from(word) }));
	return pieces.flatMap(({ from, bytes: hay }) =>
		needles
			.filter(({ bytes }) => hay.includes(bytes))
			.map(({ word }) => `${word} in ${from}: …${around(hay, word)}…`)
	);
}

function around(hay: Buffer, word: string): string {
	const text = hay.toString();
	const at = text.indexOf(word);
	return text.slice(Math.max(0, at - 60), at + word.length + 20).replace(/\s+/g, ' ');
}

/** Part of the product, the same to everybody. */
export function isLasting(address: string): boolean {
	return address.includes('/_app/immutable/');
}
