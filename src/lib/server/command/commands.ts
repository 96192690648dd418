import { createHmac, randomBytes } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { command, secret } from '#lib/server/db/schema/command.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * A command that is sent twice is carried out once (docs/decisions/0033). Two presses, a page
 * that is loaded again, an answer that was lost on its way: the second gets the first one's answer.
 */

/** How long a command is known again. */
export const lifetime = 24 * 60 * 60 * 1000;
/** Milliseconds between two looks for what is older. */
const interval = 60 * 60 * 1000;
const keyName = 'command';

/** What makes two commands the same. */
export interface Command {
	/** The form's one-time id. */
	id: string;
	/** Id of the person. */
	person: string;
	/** Where it was sent: path and query. */
	address: string;
	fields: Iterable<[name: string, value: string | string[]]>;
}

/** Ids, codes, numbers and paths: never a word that somebody wrote. */
export type Answer = Record<string, string | number | boolean | null>;

/**
 * Runs `work` and notes its answer, in one transaction; a command that was carried out before is
 * answered as it was then. Nothing is noted of one that refuses, so it can be sent again. Edits
 * that are on their way to a document must have been stored before: `work` cannot do it in here.
 */
export function once(sent: Command, work: () => Answer): Answer {
	return transaction(() => {
		const digest = digestOf(sent);
		const earlier = find(digest);
		if (earlier) return earlier;
		const answer = work();
		assertWordless(answer);
		removeOld();
		db()
			.insert(command)
			.values({ digest, answer: JSON.stringify(answer), at: clock.now() })
			.run();
		return answer;
	});
}

function find(digest: string): Answer | null {
	const row = db().select().from(command).where(eq(command.digest, digest)).get();
	if (!row || row.at <= clock.now() - lifetime) return null;
	return JSON.parse(row.answer) as Answer;
}

/** A digest of words that have been erased could confirm a guess; without the key it cannot. */
export function forgetAll(): void {
	db().delete(command).run();
	db().delete(secret).where(eq(secret.name, keyName)).run();
}

export function removeOld(): void {
	db()
		.delete(command)
		.where(lt(command.at, clock.now() - lifetime + 1))
		.run();
}

let timer: NodeJS.Timeout | null = null;

/** Removes what is too old, now and each hour; `ontrouble` hears when the disk takes nothing. */
export function begin(ontrouble: (fault: unknown) => void): void {
	end();
	const look = () => {
		try {
			removeOld();
		} catch (fault) {
			ontrouble(fault);
		}
	};
	look();
	timer = setInterval(look, interval).unref();
}

export function end(): void {
	if (timer) clearInterval(timer);
	timer = null;
}

/** Each part goes in with its length, so that no two commands run together into the same bytes. */
function digestOf({ id, person, address, fields }: Command): string {
	const hmac = createHmac('sha256', key());
	const add = (text: string) => hmac.update(`${text.length}:${text}`);
	for (const part of [id, person, address]) add(part);
	for (const [name, value] of fields) {
		add(name);
		const values = typeof value === 'string' ? [value] : value;
		hmac.update(`${values.length};`);
		for (const one of values) add(one);
	}
	return hmac.digest('hex');
}

function key(): Buffer {
	const known = db().select().from(secret).where(eq(secret.name, keyName)).get();
	if (known) return Buffer.from(known.value, 'hex');
	const made = randomBytes(32);
	db()
		.insert(secret)
		.values({ name: keyName, value: made.toString('hex') })
		.run();
	return made;
}

/** An answer with words in it is a programming fault: erasing would not find them here. */
function assertWordless(answer: Answer): void {
	for (const [name, value] of Object.entries(answer)) {
		const isShort = typeof value === 'string' && /^[\w./?=&#:-]{0,200}$/.test(value);
		if (value !== null && typeof value !== 'number' && typeof value !== 'boolean' && !isShort)
			throw new Error(`The answer's ${name} is more than an id, a code or a path.`);
	}
}
