import type { CrowdPlan } from './crowd.ts';
import type { Spread } from './samples.ts';
import type { Target } from './seat.ts';

/* What the bench asks its load generator for, and what it gets. */

export type Job =
	| { kind: 'preload'; target: Target; contents: { document: string; file: string }[] }
	| { kind: 'typing'; target: Target; plan: CrowdPlan; seconds: number }
	| { kind: 'load'; target: Target; document: string }
	| { kind: 'memory'; target: Target; crowded: string; many: string[]; sockets: number }
	| { kind: 'crash'; target: Target; document: string; clients: number; seconds: number };

export interface TypingResult {
	edits: number;
	delivered: number;
	/** What should have been delivered when the typing ended and a pause had passed. */
	expected: number;
	propagation: Spread;
	/** Null where the server says nothing. */
	acknowledgement: Spread | null;
	/** Milliseconds of the server's processor for each edit that reached everybody. */
	cost: number;
	/** Of one processor, while they typed. */
	serverLoad: number;
	generatorLoad: number;
}

export interface LoadResult {
	/** Milliseconds from dialling until the whole document is here. */
	time: number;
	/** Milliseconds of the server's processor for it. */
	cost: number;
	/** Bytes that came. */
	size: number;
}

export interface MemoryResult {
	/**
	 * Bytes for each idle socket in one document, and for each small open document with a socket of
	 * its own.
	 */
	socket: number;
	document: number;
}

export interface CrashResult {
	sent: number;
	/** Edits that the server had called stored (or synced). */
	acked: number;
	/** Edits that at least one other client had seen. */
	seen: number;
	/** Of them, those that a fresh client does not find after the restart. */
	lostSent: number;
	lostAcked: number;
	lostSeen: number;
}

export interface Results {
	preload: null;
	typing: TypingResult;
	load: LoadResult;
	memory: MemoryResult;
	crash: CrashResult;
}
