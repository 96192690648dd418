import { expect, test } from 'vitest';
import { probeSockets } from './socket-probe.ts';
import { LiveSocket } from './sockets.ts';

/*
 * What frames beneath `ws` rely on (docs/decisions/0036), tried on sockets that no longer have
 * it.
 */

const options = { clientTracking: false, perMessageDeflate: false, WebSocket: LiveSocket };

test('sockets as the door makes them will do', () => {
	expect(() => probeSockets(options)).not.toThrow();
});

test('sockets that write later than they are told to are refused', () => {
	class Later extends LiveSocket {
		override send(data: string): void {
			queueMicrotask(() => super.send(data));
		}
	}
	expect(() => probeSockets({ ...options, WebSocket: Later })).toThrow(
		expect.objectContaining({
			name: 'IncompatibleLibrary',
			message: expect.stringContaining('not written as it is sent')
		})
	);
});

test('sockets that count only what they have written themselves are refused', () => {
	class Uncounted extends LiveSocket {}
	Object.defineProperty(Uncounted.prototype, 'bufferedAmount', { get: () => 0 });
	expect(() => probeSockets({ ...options, WebSocket: Uncounted })).toThrow(
		expect.objectContaining({
			name: 'IncompatibleLibrary',
			message: expect.stringContaining('bufferedAmount')
		})
	);
});

test('sockets that compress, and so write later, are refused', () => {
	expect(() => probeSockets({ ...options, perMessageDeflate: true })).toThrow(
		expect.objectContaining({
			name: 'IncompatibleLibrary',
			message: expect.stringContaining('permessage-deflate')
		})
	);
});
