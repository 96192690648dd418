import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterCommit, sqlite, statement } from '#lib/server/db/index.ts';
import * as log from '#lib/server/platform/log.ts';

/*
 * Where the chain stood, kept outside the database: in the file `audit.seals` beside it, and in
 * the server's log. A chain that is cut off, or written anew from some row on, is whole in
 * itself; only what stands elsewhere can tell.
 */

export interface Seal {
	seq: number;
	hash: string;
}

/** Milliseconds between two lines in the log. */
const interval = 3_600_000;

let waiting = false;
let logged: number | null = null;
let timer: NodeJS.Timeout | null = null;

/**
 * Writes where the chain stands once what is being written is on the disk; of several commands in
 * one transaction the last.
 */
export function follow(): void {
	if (waiting) return;
	waiting = true;
	afterCommit(write, () => (waiting = false));
}

function write(): void {
	waiting = false;
	const [seal, file] = [head(), fileOf()];
	if (seal === null || file === null) return;
	try {
		appendFileSync(file, `${seal.seq} ${seal.hash}\n`, { mode: 0o600 });
	} catch (error) {
		// The command is done and noted; the next seal covers it.
		log.fault('audit.seal', error);
	}
}

/**
 * At start: a seal that a power cut has kept from the file is added, and the log is told where
 * the chain stands, now and each hour.
 */
export function begin(): void {
	end();
	closeLine();
	const now = head();
	const last = all().at(-1);
	if (now && (last === undefined || last.seq < now.seq)) write();
	tell();
	timer = setInterval(tell, interval).unref();
}

export function end(): void {
	if (timer) clearInterval(timer);
	timer = null;
	logged = null;
}

/** A power cut can leave half a line, which must not swallow the next. */
function closeLine(): void {
	const file = fileOf();
	if (file === null || !existsSync(file)) return;
	if (!/(^|\n)$/.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\n');
}

/** One line in the log, when the chain has grown since the last. */
export function tell(): void {
	const now = head();
	if (!now || now.seq === logged) return;
	logged = now.seq;
	log.info('audit.head', { seq: now.seq, hash: now.hash });
}

/** Where the chain stands; null when nothing has been done yet. */
export function head(): Seal | null {
	const row = statement('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get();
	return (row as Seal | undefined) ?? null;
}

/**
 * Those in the file, the first first. What is no seal is left out: the file may end in half a
 * line.
 */
export function all(): Seal[] {
	const file = fileOf();
	if (file === null || !existsSync(file)) return [];
	return readFileSync(file, 'utf8').split('\n').flatMap(readSeal);
}

/** '1234 9f86d0…' or '1234:9f86d0…' */
export function readSeal(text: string): Seal[] {
	const [, seq, hash] = /^(\d{1,15})[ :]([0-9a-f]{64})$/.exec(text.trim()) ?? [];
	return seq && hash ? [{ seq: Number(seq), hash }] : [];
}

function fileOf(): string | null {
	const { memory, name } = sqlite();
	return memory ? null : join(dirname(name), 'audit.seals');
}
