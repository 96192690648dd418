import { setImmediate as turn } from 'node:timers/promises';
import { and, eq, isNotNull, notExists } from 'drizzle-orm';
import { may } from '#lib/domain/may.ts';
import { isAddress, type NoticeState } from '#lib/domain/notice.ts';
import { firstLoudDate, isQuiet } from '#lib/domain/quiet.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import { notice } from '#lib/server/db/schema/notice.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { readLanguage, speak } from '#lib/server/municipality/language.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as log from '#lib/server/platform/log.ts';
import * as calendars from './calendars.ts';
import * as letters from './letters.ts';
import type { Delivery, Letter, Post } from './post.ts';
import * as reminders from './reminders.ts';
import * as settings from './settings.ts';

/* The postman's rounds: what is due is put into the outbox, and what can be sent now is sent. */

export interface Office {
	post: Post;
	/** The address under which people reach this server. */
	origin: string;
}

/** Milliseconds between two rounds, and how long the end waits for a letter that is under way. */
const interval = 30_000;
const patience = 3_000;

let office: Office | null = null;
let timer: NodeJS.Timeout | null = null;
let underWay: Promise<void> | null = null;

/**
 * From now on, a round at once and then twice a minute. What was half sent when the last process
 * ended is left alone.
 */
export function begin(opened: Office): void {
	office = opened;
	outbox.leaveHalfSent();
	const round = () => {
		underWay ??= tick().finally(() => (underWay = null));
	};
	timer = setInterval(round, interval).unref();
	round();
}

/** No more rounds; a letter that is under way gets a moment to arrive. */
export async function end(): Promise<void> {
	if (timer) clearInterval(timer);
	timer = null;
	office = null;
	if (!underWay) return;
	const late = new Promise<void>((done) => setTimeout(done, patience).unref());
	await Promise.race([underWay, late]);
}

/** Whether mail goes out of here at all. */
export function isOpen(): boolean {
	return office !== null;
}

/**
 * One round. Never throws: what goes wrong is logged, without content, and tried again on the
 * next.
 */
export async function tick(): Promise<void> {
	try {
		await collect();
		await deliver();
		outbox.sweep();
	} catch (fault) {
		log.fault('notices.round', fault);
	}
}

const now = () => ({ date: clock.today(), time: clock.timeIn(clock.timeZone) });

/**
 * Puts today's digest in for everybody who has none yet and is not in their quiet hours. One
 * person a turn of the event loop.
 */
async function collect(): Promise<void> {
	if (!office) return;
	const today = clock.today();
	outbox.giveUpLate(today);
	const already = db()
		.select()
		.from(notice)
		.where(and(eq(notice.personId, person.id), eq(notice.kind, 'digest'), eq(notice.about, today)));
	const without = db()
		.select({ id: person.id })
		.from(person)
		.where(and(isNotNull(person.email), notExists(already)))
		.all();
	for (const { id } of without) {
		const { digest, quiet } = settings.of(id);
		if (!digest || isQuiet(now(), quiet)) continue;
		await turn();
		if (!office) return;
		putDigest(id, today);
	}
}

/** When there is nothing to remind of, that is settled for the day as well. */
function putDigest(id: string, today: string): void {
	transaction(() => {
		const actor = people.actor(id);
		if (!actor) return;
		const items = reminders.of(actor).map(({ kind, id: subject }) => ({ kind, subject }));
		outbox.put(id, 'digest', today, {
			items,
			state: items.length === 0 ? 'dropped' : 'waiting'
		});
	});
}

async function deliver(): Promise<void> {
	const counts: Partial<Record<NoticeState, number>> = {};
	for (const row of outbox.due()) {
		if (!office) break;
		if (isHeldBack(row)) continue;
		const claimed = outbox.claim(row.id);
		if (!claimed) continue;
		const state = await send(office, row, claimed);
		counts[state] = (counts[state] ?? 0) + 1;
	}
	if (Object.keys(counts).length > 0) log.info('notices.round', counts);
}

/**
 * Nobody is written to in their quiet hours; but a call that would come too late for its meeting
 * does not wait for their end.
 */
function isHeldBack({ personId: person, kind, about }: outbox.Notice): boolean {
	const { quiet } = settings.of(person);
	if (!isQuiet(now(), quiet)) return false;
	if (kind === 'digest') return true;
	const held = meetings.find(about);
	return held !== null && held.date > firstLoudDate(now(), quiet);
}

/** Sends a notice that is claimed, and says what became of it. */
async function send(
	{ post, origin }: Office,
	row: outbox.Notice,
	{ token, tries }: { token: string; tries: number }
): Promise<NoticeState> {
	const settle = (state: NoticeState, reply?: number) => outbox.settle(row.id, state, reply);
	const later = (reply?: number) => outbox.postpone(row.id, tries, reply);
	let letter: Letter | null;
	try {
		letter = write(row, origin, token);
	} catch (fault) {
		log.fault('notices.write', fault);
		return later();
	}
	if (!letter) return settle('dropped');
	const delivery = await post(letter).catch(doubtful);
	if (delivery.state === 'later') return later(delivery.reply);
	if (delivery.state === 'refused') return settle('given_up', delivery.reply);
	return settle(delivery.state);
}

/** A post that breaks may have posted. */
function doubtful(fault: unknown): Delivery {
	log.fault('notices.post', fault);
	return { state: 'uncertain' };
}

/**
 * Puts a notice into words as things are now, its receiver's rights judged anew. Null when there
 * is nothing left that they may see or want to hear of.
 */
function write(row: outbox.Notice, origin: string, token: string): Letter | null {
	const receiver = people.find(row.personId);
	const actor = people.actor(row.personId);
	const address = receiver?.email ?? '';
	if (!receiver || !actor || !isAddress(address)) return null;
	if (!settings.wants(settings.of(row.personId), row.kind)) return null;
	return speak(readLanguage(receiver.language, units.ours()?.language), () => {
		const content = row.kind === 'digest' ? digest(row) : call(row, row.kind);
		return (
			content && {
				...content,
				id: row.id,
				to: { name: receiver.name, address },
				unsubscribe: `${origin}/unsubscribe/${token}`,
				at: clock.now()
			}
		);
	});

	function digest({ id }: outbox.Notice) {
		const wanted = new Set(outbox.itemsOf(id).map(({ kind, subject }) => `${kind}:${subject}`));
		const left = reminders.of(actor!).filter((one) => wanted.has(`${one.kind}:${one.id}`));
		return left.length === 0 ? null : { ...letters.digest(left, origin), calendar: null };
	}

	function call({ about }: outbox.Notice, kind: 'call' | 'cancelled') {
		const held = meetings.find(about);
		if (!held || !may(actor!, 'read', meetings.subject(held))) return null;
		const stands = (held.status === 'cancelled') === (kind === 'cancelled');
		if (!stands || held.date < clock.today()) return null;
		return { ...letters.call(held, kind, origin), calendar: calendars.call(actor!, about, origin) };
	}
}
