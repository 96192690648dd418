import { eq } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as versions from '#lib/server/version/versions.ts';
import { assertWritable, atItem, composed, read, type Row, subject, tell, textOf } from './rows.ts';
import * as textStore from './text-store.ts';

/*
 * The board's text, written together. Until somebody opens it, it follows the choices that the
 * recommendation is made of; from then on it is everybody's who writes in the item, and the
 * choices change it no more, unless somebody has it put together again.
 */

/**
 * Opens the text to be written together, with what it says now. Whoever comes second finds it
 * open. Refuses not_found, not_allowed, already_adopted, wrong_state (one made between meetings
 * is written in its form).
 */
export function open(actor: Actor, id: string): void {
	transaction(() => {
		const { row, item } = writable(actor, id);
		if (row.own.seed !== null) return;
		textStore.write(item, textOf(row));
		store(id, composed(row));
		audit.record(actor.id, 'recommendation.open', auditSubject('recommendation', id));
		tell(row);
	});
}

/**
 * Puts the text together again from the choices, in the place of what was written. That is kept
 * in a version of its own. Refuses not_found, not_allowed, already_adopted, wrong_state (nobody
 * has opened it, so it follows the choices anyhow).
 */
export function composeAgain(actor: Actor, id: string): void {
	// What others are typing right now is part of what is kept.
	rooms.flush();
	transaction(() => {
		const { row, item } = writable(actor, id);
		if (row.own.seed === null) throw new Refusal('wrong_state');
		versions.freeze(row.own.meetingId!, 'recomposed', actor.id);
		const text = composed(row);
		store(id, text);
		textStore.write(item, text);
		audit.record(actor.id, 'recommendation.compose', auditSubject('recommendation', id));
		tell(row);
	});
}

/** Whether this person may write in the text at an item now. */
export function isOpenAt(actor: Actor, item: string): boolean {
	const row = atItem(item);
	return row !== null && row.own.seed !== null && may(actor, 'write', subject(row));
}

/** Refuses not_found, not_allowed, already_adopted, wrong_state (nobody has opened it). */
export function assertOpenAt(actor: Actor, item: string): void {
	const { row } = writable(actor, atItem(item)?.own.id ?? '');
	if (row.own.seed === null) throw new Refusal('wrong_state');
}

function writable(actor: Actor, id: string): { row: Row; item: string } {
	const row = read(actor, id);
	assertWritable(actor, row);
	const { itemId: item } = row.own;
	if (item === null) throw new Refusal('wrong_state');
	return { row, item };
}

function store(id: string, seed: string): void {
	db().update(recommendation).set({ seed, text: '' }).where(eq(recommendation.id, id)).run();
}
