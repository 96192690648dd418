import { caseTextOf } from '#lib/domain/agenda.ts';
import { hitsIn, passagesIn } from '#lib/domain/erasing.ts';
import type { ErasingReason } from '#lib/domain/erasure.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as cases from '#lib/server/case/cases.ts';
import { transaction } from '#lib/server/db/index.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as caseWords from './case-words.ts';
import { copiesWith, finish } from './finishing.ts';
import * as notes from './notes.ts';
import { erasePlaces, type Place } from './places.ts';
import type { Quotation } from './quotations.ts';
import * as recommendations from './recommendations.ts';

/* Erasing for good what must not stand in a case, beside the minutes: see case-words.ts. */

export interface Preview {
	places: Pick<Place, 'kind' | 'label' | 'at' | 'hits'>[];
	/** Copies of the database that the server has made and will delete. */
	backups: number;
	/** Minutes and recommendations that hold it as well: to be erased there. */
	beside: Quotation[];
}

/** Whether the person may erase in a case. */
export function allows(actor: Actor, card: cases.CaseRow): boolean {
	return may(actor, 'erase', cases.subject(card));
}

interface Target {
	card: cases.CaseRow;
	passages: string[];
	places: Place[];
}

function aim(actor: Actor, code: string, words: string): Target {
	const card = cases.read(actor, code);
	if (!allows(actor, card)) throw new Refusal('not_allowed');
	const passages = passagesIn(words);
	return { card, passages, places: caseWords.placesOf(card.id, passages) };
}

/**
 * What erasing these words would take away, a passage a line, and where else they stand. Refuses
 * not_found, not_allowed, nothing_to_erase (they stand nowhere).
 */
export function preview(actor: Actor, code: string, words: string): Preview {
	const { card, passages, places } = aim(actor, code, words);
	const beside = itemsWith(actor, card, passages);
	if (places.length + beside.length === 0)
		throw new Refusal('nothing_to_erase', { field: 'words' });
	const found = places.map(({ kind, label, at, hits }) => ({ kind, label, at, hits }));
	return {
		places: found,
		backups: copiesWith({ documentId: null, caseId: card.id }).length,
		beside
	};
}

/**
 * Erases them from the steps of the case, from what was recommended between meetings, from the
 * rulings, actions and decisions, and then from the database's files and the server's own copies
 * of them. Refuses not_found, not_allowed, nothing_to_erase.
 */
export function erase(
	actor: Actor,
	code: string,
	input: { words: string; reason: ErasingReason }
): void {
	const card = transaction(() => {
		const { card, places } = aim(actor, code, input.words);
		if (places.length === 0) throw new Refusal('nothing_to_erase', { field: 'words' });
		erasePlaces(actor.id, places);
		notes.note(actor.id, { caseId: card.id }, input.reason);
		audit.record(actor.id, 'case.erase', auditSubject('case', card.id));
		return card;
	});
	events.changed(topicOf('case', card.id), topicOf('forum', card.forumId));
	finish();
}

/** The case's items whose minutes, frozen minutes or recommendation have it. */
function itemsWith(actor: Actor, card: cases.CaseRow, passages: string[]): Quotation[] {
	return cases
		.appearances(card)
		.filter(({ item }) => agendas.mayOpen(actor, item) && holds(item, passages))
		.map(({ item, number, meeting }) => ({
			kind: 'item',
			label: number ?? '',
			href: `/meetings/${meeting}/${item}`
		}));
}

function holds(item: string, passages: string[]): boolean {
	const row = recommendationRows.atItem(item);
	if (row && recommendations.goingFrom(row, passages)) return true;
	const document = { kind: 'item', id: item } as const;
	if (!rooms.exists(document)) return false;
	return (
		versions.holding(document, item, passages) > 0 ||
		rooms.read(document, (doc) =>
			[caseTextOf(doc), recommendationTextOf(doc)].some((text) => hitsIn(text, passages).length > 0)
		)
	);
}
