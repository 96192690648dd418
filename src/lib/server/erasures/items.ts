import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import { caseTextOf, textOf, titleOf } from '#lib/domain/agenda.ts';
import { type DocumentName, formatDocumentName } from '#lib/domain/document.ts';
import {
	eraseFrom,
	eraseFromText,
	eraseFromWords,
	hitsIn,
	passagesIn,
	placesIn
} from '#lib/domain/erasing.ts';
import type { ErasingReason, Hit } from '#lib/domain/erasure.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { correction } from '#lib/server/db/schema/meeting.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import { log } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as caseWords from './case-words.ts';
import { copiesWith, finish } from './finishing.ts';
import * as followUpCondition from './follow-ups.ts';
import * as notes from './notes.ts';
import { erasePlaces, type Place } from './places.ts';
import * as quotations from './quotations.ts';
import * as recommendations from './recommendations.ts';

/*
 * Erasing for good what must not have been written in the minutes of an item: docs/LIVE.md,
 * "Erasing". Passages are looked for in the whole item, its title, its corrections and its frozen
 * versions, since what is left in one place is not erased.
 */

/** What was selected, a line a block; null for the whole text of the item. */
export type Selection = string | null;

export interface Preview {
	/** Lines of the text, with the places that will go. */
	hits: Hit[];
	/** The title holds some of it as well. */
	title: boolean;
	/** So does what the recommendation at the item is put together from, or its adopted text. */
	recommendation: boolean;
	/**
	 * Steps, rulings and recommendations made between meetings that hold some of it, of the same
	 * case.
	 */
	case: number;
	/** Codes of actions and decisions that do: of the case, or what came of an ordinary item. */
	actions: string[];
	decisions: string[];
	corrections: number;
	versions: number;
	/** Copies of the database that the server has made and will delete. */
	backups: number;
	/** Who has the document open now and is sent to the new one. */
	present: number;
	/** What holds it and stays as it is, to be seen to where it belongs. */
	beside: quotations.Quotation[];
}

interface Target {
	actor: Actor;
	meeting: meetings.Meeting;
	item: agendas.ItemRow;
	document: DocumentName;
	passages: string[] | null;
}

/** Whether the person may erase in the items of a meeting that they may read. */
export function allows(
	actor: Actor,
	{ id, forumId: forum, forumKind, status }: meetings.Meeting
): boolean {
	const any = { item: '', case: null, meeting: id, forum, forumKind, status };
	return may(actor, 'erase', { kind: 'item', ...any });
}

/** Refuses not_found, not_allowed, nothing_to_erase. */
function aim(actor: Actor, meetingId: string, itemId: string, selection: Selection): Target {
	const meeting = meetings.read(actor, meetingId);
	const item = agendas.read(actor, meeting, itemId);
	if (!may(actor, 'erase', agendas.subject(item, meeting))) throw new Refusal('not_allowed');
	const document: DocumentName =
		item.caseId === null ? { kind: 'agenda', id: meetingId } : { kind: 'item', id: itemId };
	const passages = selection === null ? null : passagesIn(selection);
	if (passages?.length === 0 || !rooms.exists(document)) throw new Refusal('nothing_to_erase');
	return { actor, meeting, item, document, passages };
}

/**
 * What erasing this would take away, and what it would leave. Refuses not_found, not_allowed,
 * nothing_to_erase.
 */
export function preview(
	actor: Actor,
	meetingId: string,
	input: { item: string; selection: Selection }
): Preview {
	const target = aim(actor, meetingId, input.item, input.selection);
	const { document, passages, item } = target;
	const beside = besideIn(target);
	const called = (kind: Place['kind']) =>
		beside.filter((place) => place.kind === kind).map(({ label }) => label);
	const [actions, decisions] = [called('action'), called('decision')];
	const found: Preview = {
		hits: rooms.read(document, (doc) => hitsOf(target, doc)),
		title: rooms.read(document, (doc) => isInTitle(target, doc)),
		recommendation: recommendedAt(target) !== null,
		case: beside.length - actions.length - decisions.length,
		actions,
		decisions,
		corrections: correctionsOf(target).length,
		versions: versions.holding(document, item.id, passages),
		backups: copiesOf(target, beside),
		present: rooms.presentIn(document).length,
		beside: passages === null ? [] : quotations.ofItem(actor, item, passages)
	};
	const { hits, title, recommendation, corrections: proposed, versions: frozen } = found;
	if (hits.length + frozen + proposed + beside.length === 0 && !title && !recommendation)
		throw new Refusal('nothing_to_erase');
	return found;
}

/**
 * Erases it: from the document, its log and states, versions, corrections, the recommendation
 * that is made at the item, what else the case has of it, the actions and decisions that came of
 * it and the search index, and then from the database's files and the server's own copies of
 * them. The document goes on in the next epoch; everybody who has it open is sent there, and old
 * copies are turned away. Only who, where, when and why is noted. Refuses not_found, not_allowed,
 * nothing_to_erase.
 */
export function erase(
	actor: Actor,
	meetingId: string,
	input: { item: string; selection: Selection; reason: ErasingReason }
): void {
	// Edits that are on their way must be in the text before it is gone through.
	rooms.flush();
	const about = transaction(() => {
		const target = aim(actor, meetingId, input.item, input.selection);
		const { document, item } = target;
		// What the words were made of is found by the text, so while it still stands there.
		const recommended = recommendedAt(target);
		const beside = besideIn(target);
		erasePlaces(actor.id, beside);
		if (recommended) {
			recommendations.erase(recommended);
			audit.erased(
				actor.id,
				'recommendation.erase',
				auditSubject('recommendation', recommended.id)
			);
		}
		const gone = [
			recommended !== null,
			beside.length > 0,
			rooms.renew(document, actor.id, (doc) => eraseIn(target, doc)),
			versions.forget(document, item.id, target.passages) > 0,
			eraseCorrections(target)
		];
		if (!gone.includes(true)) throw new Refusal('nothing_to_erase');
		notes.note(actor.id, placeOf(target), input.reason);
		// What a case has beside its items may be older than the item, and so in copies that do not
		// hold it.
		if (item.caseId !== null && beside.length > 0)
			notes.note(actor.id, { caseId: item.caseId }, input.reason);
		log(meetingId, actor.id, { verb: 'erased', about: item.id, to: input.reason });
		audit.record(actor.id, 'item.erase', auditSubject('item', item.id));
		return item.caseId;
	});
	events.changed(
		topicOf('meeting', meetingId),
		...(about === null ? [] : [topicOf('case', about)])
	);
	finish();
}

function placeOf({ document, item, passages }: Target) {
	const epoch = rooms.epochOf(document);
	return {
		documentId: formatDocumentName(document),
		itemId: item.id,
		epoch,
		whole: passages === null
	};
}

/**
 * Where else the passages stand, in the case or in what came of an ordinary item. The whole of an
 * item is its own.
 */
function besideIn({ actor, item, passages }: Target): Place[] {
	if (passages === null) return [];
	return item.caseId === null
		? followUpCondition.ofItem(actor, item, passages)
		: caseWords.placesOf(item.caseId, passages);
}

function copiesOf({ document, item }: Target, beside: Place[]): number {
	const about = beside.length > 0 ? item.caseId : null;
	const copies = [
		...copiesWith({ documentId: formatDocumentName(document), caseId: null }),
		...copiesWith({ documentId: null, caseId: about })
	];
	return new Set(copies).size;
}

function recommendedAt({ item, passages }: Target): recommendations.Going | null {
	const row = recommendationRows.atItem(item.id);
	return row && recommendations.goingFrom(row, passages);
}

/** The minutes, and of a case item the board's text. */
function fragmentsOf({ item }: Target, doc: Y.Doc): Y.XmlFragment[] {
	if (item.caseId !== null) return [caseTextOf(doc), recommendationTextOf(doc)];
	const text = textOf(doc, item.id);
	return text ? [text] : [];
}

/** Each line once: what the board has adopted stands in the minutes as well. */
function hitsOf(target: Target, doc: Y.Doc): Hit[] {
	const hits = fragmentsOf(target, doc).flatMap((one) => hitsIn(one, target.passages));
	return [...new Map(hits.map((hit) => [hit.line, hit])).values()];
}

function isInTitle({ item, passages }: Target, doc: Y.Doc): boolean {
	const title = item.caseId === null ? titleOf(doc, item.id) : null;
	return title !== null && passages !== null && placesIn(title.toString(), passages).length > 0;
}

function eraseIn(target: Target, doc: Y.Doc): boolean {
	const { item, passages } = target;
	const title = item.caseId === null ? titleOf(doc, item.id) : null;
	const fromText = fragmentsOf(target, doc)
		.map((one) => eraseFrom(one, passages))
		.includes(true);
	const fromTitle = title !== null && passages !== null && eraseFromText(title, passages);
	return fromText || fromTitle;
}

/**
 * Proposals of how the text should be have the same words; where the whole text goes, they go
 * whole.
 */
function correctionsOf({ item, passages }: Target): { id: string; text: string }[] {
	return db()
		.select({ id: correction.id, text: correction.text })
		.from(correction)
		.where(eq(correction.itemId, item.id))
		.all()
		.map(({ id, text }) => ({
			id,
			before: text,
			text: passages === null ? '…' : eraseFromWords(text, passages)
		}))
		.filter(({ before, text }) => before !== text);
}

function eraseCorrections(target: Target): boolean {
	const found = correctionsOf(target);
	for (const { id, text } of found)
		db().update(correction).set({ text }).where(eq(correction.id, id)).run();
	return found.length > 0;
}
