import { eq } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as versions from '#lib/server/version/versions.ts';
import { assertWritable, atItem, composed, read, type Row, tell, textOf, thing } from './rows.ts';
import * as councilTexts from './text-store.ts';

/*
 * The council's text, written together. Until somebody opens it, it follows the choices that the recommendation is made of; from then on
 * it is everybody's who writes in the item, and the choices change it no more, unless somebody has it put together again.
 */

/**
 * Opens the text to be written together, with what it says now. Whoever comes second finds it open.
 * Refuses not_found, not_allowed, already_adopted, wrong_state (one made between meetings is written in its form).
 */
export function open(asker: Actor, id: string): void {
	transaction(() => {
		const { row, item } = writable(asker, id);
		if (row.own.seed !== null) return;
		councilTexts.write(item, textOf(row));
		store(id, composed(row));
		audit.record(asker.id, 'recommendation.open', `recommendation:${id}`);
		tell(row);
	});
}

/**
 * Puts the text together again from the choices, in the place of what was written. That is kept in a version of its own.
 * Refuses not_found, not_allowed, already_adopted, wrong_state (nobody has opened it, so it follows the choices anyhow).
 */
export function composeAgain(asker: Actor, id: string): void {
	// What others are typing right now is part of what is kept.
	rooms.flush();
	transaction(() => {
		const { row, item } = writable(asker, id);
		if (row.own.seed === null) throw new Refusal('wrong_state');
		versions.freeze(row.own.meetingId!, 'recomposed', asker.id);
		const text = composed(row);
		store(id, text);
		councilTexts.write(item, text);
		audit.record(asker.id, 'recommendation.compose', `recommendation:${id}`);
		tell(row);
	});
}

/** Whether this person may write in the text at an item now. */
export function isOpenAt(asker: Actor, item: string): boolean {
	const row = atItem(item);
	return row !== null && row.own.seed !== null && may(asker, 'write', thing(row));
}

/** Refuses not_found, not_allowed, already_adopted, wrong_state (nobody has opened it). */
export function assertOpenAt(asker: Actor, item: string): void {
	const { row } = writable(asker, atItem(item)?.own.id ?? '');
	if (row.own.seed === null) throw new Refusal('wrong_state');
}

function writable(asker: Actor, id: string): { row: Row; item: string } {
	const row = read(asker, id);
	assertWritable(asker, row);
	const { itemId: item } = row.own;
	if (item === null) throw new Refusal('wrong_state');
	return { row, item };
}

function store(id: string, seed: string): void {
	db().update(recommendation).set({ seed, text: '' }).where(eq(recommendation.id, id)).run();
}
