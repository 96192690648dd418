import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { Message, Sync } from '#lib/domain/wire.ts';
import { type Edit, editOf } from '#lib/live/unsaved/own-edits.ts';
import type { PendingEdits } from './pending-edits.svelte.ts';

/**
 * Milliseconds between questions while nothing is written. y-websocket gives up a connection on
 * which it has heard nothing for 30 seconds, and who is alone in a document hears nothing.
 */
const beat = 10_000;

type OnUpdate = (update: Uint8Array, origin: unknown, doc: Y.Doc, made: Y.Transaction) => void;

interface Hooks {
	/** Whether an update with this origin is an edit of this page. */
	counts: (origin: unknown) => boolean;
	onwrite: (edit: Edit) => void;
	onstored: (edits: Edit[]) => void;
}

/**
 * Message 102 (docs/LIVE.md, "The wire"): keeps the pending edits of a connection. Returns what
 * ends it.
 */
export function acknowledge(
	provider: WebsocketProvider,
	pendingEdits: PendingEdits,
	{ counts, onwrite, onstored }: Hooks
): () => void {
	let asking = false;
	const ask = () => {
		asking = false;
		const socket = provider.ws;
		if (!pendingEdits.handedOver || socket?.readyState !== socket?.OPEN) return;
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, Message.ack);
		encoding.writeVarUint(encoder, pendingEdits.ask());
		socket?.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
	};
	// The provider listens to the document since before us: its update is on the wire when the
	// microtask runs.
	provider.doc.on('update', (...[, origin, , made]: Parameters<OnUpdate>) => {
		if (!counts(origin)) return;
		const edit = editOf(made);
		pendingEdits.write(edit);
		onwrite(edit);
		if (asking) return;
		asking = true;
		queueMicrotask(ask);
	});
	const readSync = provider.messageHandlers[Message.sync]!;
	provider.messageHandlers[Message.sync] = (encoder, decoder, from, emitSynced, type) => {
		const wantsOurs = decoding.peekVarUint(decoder) === Sync.step1;
		readSync(encoder, decoder, from, emitSynced, type);
		if (!wantsOurs) return;
		// Our step 2 goes out as soon as this handler has returned.
		const socket = provider.ws;
		queueMicrotask(() => {
			if (provider.ws !== socket) return;
			pendingEdits.handOver();
			ask();
		});
	};
	provider.messageHandlers[Message.ack] = (_encoder, decoder) => {
		onstored(pendingEdits.answer(decoding.readVarUint(decoder)));
	};
	const beating = setInterval(ask, beat);
	return () => clearInterval(beating);
}
