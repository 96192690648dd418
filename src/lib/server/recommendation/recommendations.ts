import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { caseStepsFrom } from '#lib/domain/case-progress.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { isUnderWay } from '#lib/domain/meeting.ts';
import { paragraphsOf } from '#lib/domain/recommendation-text.ts';
import { dwellingOf, recommendationLimits } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, statement, transaction } from '#lib/server/db/index.ts';
import {
	recommendation,
	recommendationCriterion,
	recommendationMeasure,
	recommendationPerson
} from '#lib/server/db/schema/recommendation.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { assertWhole, readTexts, type RecommendationInput } from './input.ts';
import {
	assertWritable,
	atItem,
	composed,
	put,
	query,
	read,
	recusedFrom,
	type Row,
	subject,
	tell,
	textOf
} from './rows.ts';
import * as textStore from './text-store.ts';
import * as urgentRecommendations from './urgent.ts';

/*
 * The board's recommendations: written together, adopted by whoever chairs, sent to the decision
 * maker.
 */

/** Where a recommendation is made: at an item of a meeting, or about a case between meetings. */
export type Place = { meeting: string; id: string } | { urgent: string };

/**
 * Writes a recommendation, and keeps its dwelling for the case. Returns its id. `code` is one
 * that it has elsewhere already. Refuses not_found, not_allowed, already_adopted,
 * changed_meanwhile (somebody else has written meanwhile), dwelling_taken, wrong_state (the case
 * waits for the board no more), missing_choice (a dwelling, a length, who follows up),
 * missing_text, unknown_choice, unknown_person, unknown_unit, text_too_long, identifier_in_text.
 */
export function save(
	actor: Actor,
	place: Place,
	input: RecommendationInput,
	code: string | null = null
): string {
	const { text, ...texts } = readTexts(input);
	// At an item the text is written together, in the item's own document.
	if (text !== '' && !('urgent' in place)) throw new Refusal('bad_input', { field: 'text' });
	return transaction(() => {
		const before = find(actor, place);
		if (before) assertWritable(actor, before);
		assertUndecided(actor, place, before);
		if ((before?.own.version ?? null) !== input.version) throw new Refusal('changed_meanwhile');
		assertWhole(input);
		// What can be put off can wait for the meeting.
		if ('urgent' in place && input.outcome === 'put_off')
			throw new Refusal('unknown_choice', { field: 'outcome' });
		const row = before ?? begin(actor, place, input, code ?? nextCode());
		const { id, version } = row.own;
		const needed = dwellingOf(input.outcome);
		if (needed === 'vacant') dwellings.keep(actor.id, row.own, input.dwelling!);
		else dwellings.release(row.own.caseId);
		db()
			.update(recommendation)
			.set({
				...texts,
				outcome: input.outcome,
				dwellingId: needed === null ? null : input.dwelling,
				months: needed === null ? null : input.months,
				followUnitId: input.followUnit,
				followLevel: input.followUnit === null ? null : input.followLevel,
				language: input.language,
				version: version + 1
			})
			.where(eq(recommendation.id, id))
			.run();
		storeDetails(id, row, input);
		settleText(again(id), text);
		audit.record(actor.id, 'recommendation.write', auditSubject('recommendation', id));
		tell(row);
		return id;
	});
}

/**
 * Only about a case that waits for the board: what is sent to be ruled on keeps its dwelling.
 * Refuses wrong_state.
 */
function assertUndecided(actor: Actor, place: Place, before: Row | null): void {
	const about =
		before?.own.caseId ??
		('urgent' in place
			? place.urgent
			: agendas.read(actor, meetings.read(actor, place.meeting), place.id).caseId);
	if (about && !caseStepsFrom(progress.stateOf(about)).includes('urge'))
		throw new Refusal('wrong_state');
}

/**
 * Something has changed beside it that its text is made of: a draft's text follows, as long as
 * nobody has opened it.
 */
export function follow(item: string): void {
	const row = atItem(item);
	if (row?.own.status === 'draft') settleText(row, '');
}

/**
 * What it says: the board's own words, or those that the choices make, as long as nobody has
 * opened them to be written together.
 */
function settleText(row: Row, words: string): void {
	const { id, itemId: item, seed } = row.own;
	if (item === null) put(id, { text: words === '' ? composed(row) : words });
	else if (seed === null) textStore.write(item, composed(row));
}

function again(id: string): Row {
	return query().where(eq(recommendation.id, id)).get()!;
}

/** The one that is there already. Refuses not_found what this person may not see. */
function find(actor: Actor, place: Place): Row | null {
	if ('urgent' in place) {
		const card = cases.readById(actor, place.urgent);
		const drafts = query().where(
			and(eq(recommendation.caseId, card.id), eq(recommendation.status, 'draft'))
		);
		return drafts.all().find((row) => row.own.itemId === null) ?? null;
	}
	const held = meetings.read(actor, place.meeting);
	agendas.read(actor, held, place.id);
	return atItem(place.id);
}

/**
 * A first, empty one. The decision maker has no part in it, and neither has anybody from whom the
 * case is closed.
 */
function begin(actor: Actor, place: Place, input: RecommendationInput, code: string): Row {
	const at = 'urgent' in place ? null : meetings.read(actor, place.meeting);
	const item = 'urgent' in place || !at ? null : agendas.read(actor, at, place.id);
	const about = 'urgent' in place ? place.urgent : item?.caseId;
	if (!about) throw new Refusal('not_found');
	const card = cases.readById(actor, about);
	const id = crypto.randomUUID();
	const empty = { shorter: '', reasons: '', wish: '', minority: '', text: '' };
	db()
		.insert(recommendation)
		.values({
			id,
			code,
			caseId: card.id,
			forumId: card.forumId,
			meetingId: at?.id ?? null,
			itemId: item?.id ?? null,
			status: 'draft',
			version: 0,
			outcome: input.outcome,
			language: input.language,
			...empty
		})
		.run();
	const row = again(id);
	assertWritable(actor, row);
	return row;
}

/** 'I-053': none is ever taken away, so the highest is the last one given. */
function nextCode(): string {
	const last = db()
		.select({ last: sql<number | null>`max(cast(substr(${recommendation.code}, 3) as integer))` })
		.from(recommendation)
		.get();
	return `I-${String((last?.last ?? 0) + 1).padStart(3, '0')}`;
}

function storeDetails(id: string, row: Row, input: RecommendationInput): void {
	const recused = recusedFrom(row.own.caseId);
	if (input.dissenters.some((one) => recused.includes(one)))
		throw new Refusal('unknown_person', { field: 'dissenters' });
	for (const table of [recommendationCriterion, recommendationMeasure, recommendationPerson])
		db().delete(table).where(eq(table.recommendationId, id)).run();
	for (const { criterion, finding, reason, words } of input.criteria) {
		const own = readText(words, 'criteria', recommendationLimits.words);
		db()
			.insert(recommendationCriterion)
			.values({ recommendationId: id, criterion, finding, reason, words: own })
			.run();
	}
	for (const measure of new Set(input.measures))
		db().insert(recommendationMeasure).values({ recommendationId: id, measure }).run();
	note(id, 'minority', input.dissenters);
}

function note(id: string, role: 'present' | 'minority', persons: string[]): void {
	for (const person of new Set(persons))
		db()
			.insert(recommendationPerson)
			.values({ recommendationId: id, personId: person, role })
			.run();
}

/**
 * Makes it the board's word: frozen, with who was there, and written into the item's minutes.
 * `version` is the one that the chair has read, and `words` what the text said there; of one that
 * is written together they must be given. What is put off goes no further. Refuses not_found,
 * not_allowed, already_adopted, changed_meanwhile, not_running, wrong_state, dwelling_taken,
 * missing_text, text_too_long, identifier_in_text.
 */
export function adopt(
	actor: Actor,
	id: string,
	version: number,
	reason = '',
	words: string | null = null
): void {
	// What somebody is typing right now has not been read by whoever adopts: it must be in before
	// the two are compared.
	rooms.flush();
	transaction(() => {
		const row = read(actor, id);
		if (row.own.status !== 'draft') throw new Refusal('already_adopted');
		if (!may(actor, 'adopt', subject(row))) throw new Refusal('not_allowed');
		if (row.own.version !== version) throw new Refusal('changed_meanwhile');
		const text = textToAdopt(row, words);
		const held = row.meeting;
		if (held && !isUnderWay(held.status)) throw new Refusal('not_running');
		const putOff = row.own.outcome === 'put_off';
		const verb = putOff ? 'wait' : held ? 'recommend' : 'urge';
		progress.advance(actor.id, row.own.caseId, verb, { reason });
		// Put off meanwhile, or recommended something else, the case may have lost it.
		if (dwellingOf(row.own.outcome) === 'vacant')
			dwellings.keep(actor.id, row.own, row.own.dwellingId!);
		if (!held) urgentRecommendations.report(row.own);
		if (row.item) agendas.markOutcome(row.item.id, putOff ? 'put_off' : 'concluded');
		note(id, 'present', presentAt(actor, row));
		put(id, { status: 'adopted', text, adoptedById: actor.id, adoptedAt: clock.now() });
		put(id, { sha256: digest(id) });
		if (row.item) intoMinutes(actor, row.item.id, `${row.own.code}: ${text}`);
		audit.record(actor.id, 'recommendation.adopt', auditSubject('recommendation', id));
		tell(row);
	});
}

/** What stands there now, if that is what whoever adopts has read. */
function textToAdopt(row: Row, seen: string | null): string {
	const text = textOf(row);
	if (seen === null ? row.own.seed !== null : seen.replaceAll('\r\n', '\n') !== text)
		throw new Refusal('changed_meanwhile');
	if (text === '') throw new Refusal('missing_text', { field: 'text' });
	return readText(text, 'text', recommendationLimits.text);
}

/**
 * Who takes part at the item: those who are there, not those who have left it, who rule, or from
 * whom the case is closed.
 */
function presentAt(actor: Actor, { own, meeting: held, item }: Row): string[] {
	if (!held || !item) return [actor.id];
	const { attendees, away, deputies } = attendances.whole({ id: held.id, forumId: own.forumId });
	const noted = attendees.some((one) => one.status !== null);
	const recused = recusedFrom(own.caseId);
	const rulers = procedure.rulersOf(own.forumId);
	const gone = away.filter((one) => one.item === item.id).map((one) => one.person);
	return [
		...attendees
			.filter(({ status }) => (noted ? status === 'present' || status === 'late' : true))
			.map(({ person }) => person),
		...deputies.filter((call) => call.item === item.id).map((call) => call.person)
	].filter((one) => !recused.includes(one) && !rulers.includes(one) && !gone.includes(one));
}

/**
 * A fingerprint of everything that was adopted: whoever has it can see that nothing has been
 * changed since.
 */
export function digest(id: string): string {
	const { own } = again(id);
	const {
		code,
		caseId: about,
		itemId: item,
		outcome,
		dwellingId: dwelling,
		months,
		text,
		language,
		version
	} = own;
	// As the database names the columns: the fingerprints that are stored hold those names.
	const beside = ['criterion', 'measure', 'person'].map((part) =>
		statement(`SELECT * FROM recommendation_${part} WHERE recommendation = ?`)
			.all(id)
			.map((row) => JSON.stringify(row))
			.sort()
	);
	const content = [code, about, item, outcome, dwelling, months, own.shorter, own.reasons];
	const rest = [own.wish, own.followUnitId, own.followLevel, own.minority, language, text, version];
	const adopted = [own.adoptedById, own.adoptedAt];
	return createHash('sha256')
		.update(JSON.stringify([content, rest, adopted, beside]))
		.digest('hex');
}

/** Words at the end of an item's live minutes, a paragraph a line. */
export function intoMinutes(actor: Actor, item: string, words: string): void {
	rooms.transact({ kind: 'item', id: item }, actor.id, (doc) =>
		caseTextOf(doc).push(paragraphsOf(words))
	);
}
