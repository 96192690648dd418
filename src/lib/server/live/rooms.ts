import type * as Y from 'yjs';
import { type DocumentName, formatDocumentName } from '#lib/domain/document.ts';
import { Close, type CloseCode } from '#lib/domain/wire.ts';
import { afterCommit, savepoint, sqlite, transaction } from '#lib/server/db/index.ts';
import { isRefusing } from '#lib/server/db/refusing.ts';
import { handlerOf } from './document-kinds.ts';
import { fault } from './faults.ts';
import { FlushPacing } from './flush-pacing.ts';
import * as log from './log.ts';
import * as meters from './meters.ts';
import { type Peer, Room } from './room.ts';
import * as sockets from './sockets.ts';
import { TurnBudget } from './turn-budget.ts';

const rooms = new Map<string, Room>();
/** Rooms with something to do at the end of this turn. */
const busy = new Set<Room>();
let scheduled = false;
const pacing = new FlushPacing();
/** Why the last that was to be stored was not; null when it was. */
let trouble: unknown = null;
let closed = false;

/** The room of a document, opened when it is not. A fault when nobody keeps its kind. */
function roomOf(name: DocumentName): Room {
	const id = formatDocumentName(name);
	const known = rooms.get(id);
	if (known) return known;
	const handler = handlerOf(name.kind);
	if (!handler) throw new Error(`Nobody keeps documents of the kind ${name.kind}.`);
	const room = new Room(name, handler);
	rooms.set(id, room);
	return room;
}

/** Lets a peer into a document's room. Throws when the document cannot be read. */
export function join(name: DocumentName, peer: Peer): Room {
	const room = roomOf(name);
	try {
		room.join(peer);
		return room;
	} catch (error) {
		tidy(room);
		throw error;
	}
}

export function leave(room: Room, peer: Peer): void {
	room.leave(peer);
	wake(room);
}

/** Something waits in this room for the end of the turn. */
export function wake(room: Room): void {
	busy.add(room);
	if (scheduled) return;
	scheduled = true;
	const left = pacing.left();
	// A timer knows whole milliseconds only.
	if (left < 1) setImmediate(endTurn);
	else setTimeout(endTurn, left);
}

/**
 * Takes in, stores and tells everything that has come, however many turns it would take. Never
 * inside a transaction.
 */
export function flush(): void {
	if (busy.size > 0 && sqlite().inTransaction)
		throw new Error('Edits are stored before a transaction, not in one.');
	while (busy.size > 0) endTurn();
}

/**
 * Ends the turn: all rooms' pending work in one transaction, then everybody is told. What it has
 * no time for waits for the next.
 */
function endTurn(): void {
	scheduled = false;
	const all = [...busy];
	if (all.length === 0) return;
	const began = performance.now();
	busy.clear();
	const turn = new TurnBudget();
	const came = all.filter((room) => room.digest(turn));
	const digested = performance.now();
	store(all.filter((room) => room.hasFresh));
	const stored = performance.now();
	for (const room of all) {
		guarded(room, () => room.publish());
		tidy(room);
	}
	const left = all.some((room) => room.hasQueue);
	// Nothing more need come before there is enough for another turn.
	pacing.worked(left ? 0 : performance.now() - stored + digested - began);
	meters.totals.turns++;
	meters.flushes.observe(meters.secondsSince(began));
	// Those whose turn did not come are the first of the next.
	const waiting = all.filter((room) => !came.includes(room));
	for (const room of [...waiting, ...came]) if (room.hasQueue) wake(room);
}

function store(writing: Room[]): void {
	if (writing.length === 0) return;
	try {
		transaction(() => writing.forEach(storeOne));
		trouble = null;
	} catch (error) {
		trouble = error;
		meters.totals.failedCommits++;
		fault('live.commit', error);
		for (const room of writing) room.refuse(Close.storageRefuses);
	}
}

/** What only this room suffers from (a projector that throws) is undone for this room only. */
function storeOne(room: Room): void {
	try {
		savepoint(() => room.store());
	} catch (error) {
		if (!sqlite().inTransaction || isRefusing(error)) throw error;
		fault('live.store', error, room.id);
		room.refuse(Close.storageRefuses);
	}
}

/**
 * Writes to a document on the server, on behalf of a person or (null) of the server itself,
 * creating it when it is missing. Log and projection are part of the caller's transaction when
 * there is one, and connected peers hear of it after its commit. Passes on what `work` throws and
 * the Refusal of the document's shape.
 */
export function transact<Result>(
	name: DocumentName,
	person: string | null,
	work: (doc: Y.Doc) => Result
): Result {
	return transaction(() => {
		const room = roomOf(name);
		afterCommit(
			() => settle(room, () => room.publish()),
			() => settle(room, () => room.abandon())
		);
		room.store();
		return savepoint(() => room.write(person, work));
	});
}

/**
 * Writes to a document as `transact` does, and lets it go on without its past, in the next epoch:
 * for erasing. After the commit everybody in it is sent away with 4410 and comes back to the new
 * one. What is under way must have been flushed before.
 */
export function renew<Result>(
	name: DocumentName,
	person: string | null,
	work: (doc: Y.Doc) => Result
): Result {
	return transaction(() => {
		const room = roomOf(name);
		afterCommit(
			() =>
				settle(room, () => {
					room.abandon();
					room.closeAll(Close.epochPassed);
				}),
			() => settle(room, () => room.abandon())
		);
		return savepoint(() => room.renew(person, work));
	});
}

/** Looks at a document as it is. It is not to be changed here. */
export function read<Result>(name: DocumentName, look: (doc: Y.Doc) => Result): Result {
	const room = roomOf(name);
	try {
		return look(room.copy.doc);
	} finally {
		afterCommit(
			() => tidy(room),
			() => tidy(room)
		);
	}
}

/**
 * Whose each Yjs client id in the document is: so who wrote a character follows from the
 * document.
 */
export function authorsOf(name: DocumentName): Map<number, string | null> {
	return log.authorsOf(name);
}

/** 1 when the document does not exist yet. */
export function epochOf(name: DocumentName): number {
	return log.epochOf(name);
}

/** What of a document has been found damaged and is lost, the latest first. */
export function losses(name: DocumentName): log.DamageNotice[] {
	return log.losses(name);
}

/**
 * Rights may have changed: every connection (of that person) is judged again, after the commit
 * when inside a transaction.
 */
export function reconsider(person?: string): void {
	afterCommit(() => {
		for (const addSocket of sockets.all()) {
			if (person === undefined || addSocket.visitor.person === person) addSocket.reconsider();
		}
	});
}

/** Every socket of the session is closed, documents and events alike. */
export function signedOut(session: string): void {
	afterCommit(() => {
		for (const addSocket of sockets.all()) {
			if (addSocket.visitor.session === session) addSocket.close(Close.signedOut);
		}
	});
}

/**
 * The server goes down: what is pending is stored, then every socket is closed and every room
 * left tidy.
 */
export function closeAll(code: CloseCode = Close.restart): void {
	closed = true;
	sockets.restFromWatch();
	flush();
	for (const addSocket of sockets.all()) addSocket.close(code);
	dropAll();
	rooms.clear();
	busy.clear();
}

/** A door has been opened. */
export function opened(): void {
	closed = false;
}

export function isClosed(): boolean {
	return closed;
}

/**
 * Whether the engine takes visitors and the last thing it had to store was stored. A disk that
 * has refused is asked anew: who looks at this may keep everybody away whose writing would show
 * that it is well again.
 */
export function ready(): boolean {
	if (!closed && isRefusing(trouble) && log.canStore()) trouble = null;
	return !closed && trouble === null;
}

function settle(room: Room, work: () => void): void {
	guarded(room, work);
	tidy(room);
}

function guarded(room: Room, work: () => void): void {
	try {
		work();
	} catch (error) {
		fault('live.publish', error, room.id);
		room.abandon();
	}
}

/**
 * Closes a room that nobody is in, its log put together; else puts a log together that has become
 * long.
 */
function tidy(room: Room): void {
	if (!room.isEmpty) return compact(room, false);
	if (rooms.get(room.id) !== room) return;
	rooms.delete(room.id);
	drop(room);
}

/** One commit for all: a thousand of them would take longer than an end may. */
function dropAll(): void {
	if (rooms.size === 0) return;
	try {
		transaction(() => [...rooms.values()].forEach(drop));
	} catch (error) {
		fault('live.compact', error);
	}
}

function drop(room: Room): void {
	compact(room, room.hasBeenVisited);
	room.discard();
}

/** A compaction that fails costs nothing: the log is still there. */
function compact(room: Room, always: boolean): void {
	try {
		savepoint(() => room.compact(always));
	} catch (error) {
		fault('live.compact', error, room.id);
	}
}

/** Whether anything has been written to the document. */
export function exists(name: DocumentName): boolean {
	return log.exists(name);
}

/**
 * Closes every connection to a document, after the commit; who may, comes back and is judged
 * anew.
 */
export function cut(name: DocumentName, code: CloseCode): void {
	afterCommit(() => rooms.get(formatDocumentName(name))?.closeAll(code));
}

/** How many documents of each kind are open, and how many sockets they have together. */
export function census(): { documents: Map<string, number>; sockets: number } {
	const documents = new Map<string, number>();
	let sockets = 0;
	for (const room of rooms.values()) {
		meters.add(documents, room.name.kind);
		sockets += room.size;
	}
	return { documents, sockets };
}

/** What the log and the states weigh on the disk. */
export function weight(): log.Weight {
	return log.weigh();
}

/** Ids of the persons who have the document open now, each once. */
export function presentIn(name: DocumentName): string[] {
	return rooms.get(formatDocumentName(name))?.persons ?? [];
}
