import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import {
	compose,
	type Finding,
	leaseText,
	type Parts,
	type RecommendationStatus,
	type Recommended
} from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import type * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import {
	recommendation,
	recommendationCriterion,
	recommendationMeasure,
	recommendationPerson
} from '#lib/server/db/schema/recommendation.ts';
import { recusal } from '#lib/server/db/schema/recusal.ts';
import * as events from '#lib/server/live/events.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as textStore from './text-store.ts';

/*
 * Reading recommendations and judging them: what the keepers of recommendations, rulings and work
 * share.
 */

export function query() {
	return db()
		.select({
			own: recommendation,
			card: caseCard,
			forum: { id: forum.id, code: forum.code, name: forum.name, kind: forum.kind },
			meeting: {
				id: meeting.id,
				number: meeting.number,
				date: meeting.date,
				status: meeting.status
			},
			item: { id: agendaItem.id, number: agendaItem.number, title: agendaItem.title }
		})
		.from(recommendation)
		.innerJoin(caseCard, eq(caseCard.id, recommendation.caseId))
		.innerJoin(forum, eq(forum.id, recommendation.forumId))
		.leftJoin(meeting, eq(meeting.id, recommendation.meetingId))
		.leftJoin(agendaItem, eq(agendaItem.id, recommendation.itemId));
}

export type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

/** What may() wants to know of a recommendation. */
export function subject({ own, forum: of, meeting: from, item }: Row): Subject {
	const at = from && item ? { meeting: from.id, status: from.status, item: item.id } : null;
	const { caseId: about, status } = own;
	return { kind: 'recommendation', forum: of.id, forumKind: of.kind, case: about, at, status };
}

/** One that this person may read. Refuses not_found. */
export function read(actor: Actor, id: string): Row {
	const row = query().where(eq(recommendation.id, id)).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	return row;
}

/** Refuses not_allowed, already_adopted. */
export function assertWritable(actor: Actor, row: Row): void {
	if (may(actor, 'write', subject(row))) return;
	throw new Refusal(row.own.status === 'draft' ? 'not_allowed' : 'already_adopted');
}

/** The one that is made at an item, whoever asks. */
export function atItem(item: string): Row | null {
	return query().where(eq(recommendation.itemId, item)).get() ?? null;
}

/**
 * What it says now. A draft at an item says what stands in the item's document; everything else
 * what the row holds, and so does a draft from before there was such a text.
 */
export function textOf({ own }: Row): string {
	if (own.status !== 'draft' || own.itemId === null) return own.text;
	return textStore.wordsAt(own.itemId) || own.text;
}

export function put(id: string, values: Partial<typeof recommendation.$inferInsert>): void {
	db().update(recommendation).set(values).where(eq(recommendation.id, id)).run();
}

/** Pages that show it are read again. */
export function tell({ own }: Row): void {
	const topics = [topicOf('case', own.caseId), topicOf('forum', own.forumId)];
	events.changed(...topics, ...(own.meetingId ? [topicOf('meeting', own.meetingId)] : []));
}

export interface RecommendationView {
	id: string;
	code: string;
	status: RecommendationStatus;
	version: number;
	outcome: Recommended;
	outcomeName: string;
	dwelling: { id: string; code: string; kindName: string } | null;
	months: number | null;
	/** That length in words, in the text's language. */
	lease: string;
	shorter: string;
	reasons: string;
	wish: string;
	followUnit: { id: string; name: string } | null;
	followLevel: string | null;
	criteria: { criterion: string; finding: Finding; reason: string | null; words: string }[];
	measures: string[];
	minority: { persons: string[]; names: string[]; reason: string };
	text: string;
	/**
	 * Of a draft made between meetings whose text somebody has written themselves: that text. Null
	 * when the choices made it.
	 */
	ownText: string | null;
	/** The text has been opened to be written together. */
	together: boolean;
	/** What it is made of has changed since, and the text does not follow by itself. */
	behind: boolean;
	/** Words have been erased from it since it was adopted. */
	redacted: boolean;
	language: 'nn' | 'nb';
	case: { id: string; code: string };
	forum: string;
	urgent: boolean;
	/** Where it was made; a link, and which item it was, only for who may open it. */
	source: { label: string; href: string | null; item: string | null };
	adopted: { at: number; by: string; present: string[]; sha256: string } | null;
	sentAt: number | null;
	rights: { write: boolean; adopt: boolean; send: boolean };
	/** The tracks that this person can send it on to be ruled on; none when they cannot. */
	tracks: procedure.Track[];
}

/** Rows as this person may see them. */
export function views(actor: Actor, rows: Row[], language: Language): RecommendationView[] {
	if (rows.length === 0) return [];
	const outcomes = optionLists.words('recommended', language);
	const kinds = optionLists.words('dwelling_kind', language);
	const sentences = {
		nn: optionLists.words('sentence', 'nn'),
		nb: optionLists.words('sentence', 'nb')
	};
	const [names, unitNames] = [people.names(), units.names()];
	const details = detailsOf(rows.map(({ own }) => own.id));
	return rows.map((row) => {
		const { own, forum: of, meeting: from, item } = row;
		const { persons, criteria, measures } = details(own.id);
		const kept = own.dwellingId === null ? null : dwellings.find(own.dwellingId);
		const named = (role: 'present' | 'minority') =>
			persons.filter((one) => one.role === role).map(({ personId: person }) => person);
		const can = (verb: 'write' | 'adopt' | 'run') => may(actor, verb, subject(row));
		const send = own.status === 'adopted' && own.outcome !== 'put_off' && can('run');
		const place = itemHref(actor, row);
		return {
			id: own.id,
			code: own.code,
			status: own.status,
			version: own.version,
			outcome: own.outcome,
			outcomeName: outcomes[own.outcome] ?? own.outcome,
			dwelling: kept && { id: kept.id, code: kept.code, kindName: kinds[kept.kind] ?? kept.kind },
			months: own.months,
			shorter: own.shorter,
			reasons: own.reasons,
			wish: own.wish,
			lease: leaseText(own.months, sentences[own.language]),
			followUnit:
				own.followUnitId === null
					? null
					: { id: own.followUnitId, name: unitNames.get(own.followUnitId) ?? '' },
			followLevel: own.followLevel,
			criteria: criteria.map(({ criterion, finding, reason, words }) => {
				return { criterion, finding, reason, words };
			}),
			measures,
			minority: {
				persons: named('minority'),
				names: named('minority').map((id) => names.get(id) ?? ''),
				reason: own.minority
			},
			text: textOf(row),
			language: own.language,
			forum: own.forumId,
			sentAt: own.sentAt,
			...standingOf(row),
			case: { id: row.card.id, code: row.card.code },
			urgent: own.meetingId === null,
			source: {
				label:
					item?.number ?? (from ? m.timeline_meeting({ forum: of.code, number: from.number }) : ''),
				href: place,
				item: place === null ? null : own.itemId
			},
			adopted:
				own.adoptedAt === null
					? null
					: {
							at: own.adoptedAt,
							by: names.get(own.adoptedById ?? '') ?? '',
							present: named('present').map((id) => names.get(id) ?? ''),
							sha256: own.sha256 ?? ''
						},
			rights: {
				write: can('write'),
				adopt: can('adopt'),
				send
			},
			tracks: send ? procedure.tracks(own.outcome, language) : []
		};
	});
}

/** How the text stands to the choices that it was put together from. */
function standingOf(row: Row) {
	const { status, itemId: item, seed, text, redactedAt } = row.own;
	const draft = status === 'draft';
	const together = seed !== null;
	return {
		ownText: draft && item === null && text !== composed(row) ? text : null,
		together,
		behind: draft && together && seed !== composed(row),
		redacted: redactedAt !== null
	};
}

/** Where it was made; null for who may not open that. */
export function itemHref(actor: Actor, row: Row): string | null {
	const { forum: of, meeting: from, item, card } = row;
	if (!from || !item) return null;
	const within = { forum: of.id, forumKind: of.kind, meeting: from.id, status: from.status };
	const reads = may(actor, 'read', { kind: 'item', item: item.id, case: card.id, ...within });
	return reads ? `/meetings/${from.id}/${item.id}` : null;
}

/** What stands beside the rows: criteria, measures, people. */
function detailsOf(ids: string[]) {
	const criteria = db()
		.select()
		.from(recommendationCriterion)
		.where(inArray(recommendationCriterion.recommendationId, ids))
		.all();
	const measures = db()
		.select()
		.from(recommendationMeasure)
		.where(inArray(recommendationMeasure.recommendationId, ids))
		.all();
	const persons = db()
		.select()
		.from(recommendationPerson)
		.where(inArray(recommendationPerson.recommendationId, ids))
		.all();
	return (id: string) => ({
		criteria: criteria.filter((row) => row.recommendationId === id),
		measures: measures.filter((row) => row.recommendationId === id).map((row) => row.measure),
		persons: persons.filter((row) => row.recommendationId === id)
	});
}

/** The board's text of a recommendation, in its language, from everything that it holds. */
export function composed(row: Row): string {
	const { own } = row;
	const { language } = own;
	const kinds = optionLists.words('dwelling_kind', language);
	const { criteria, measures, persons } = detailsOf([own.id])(own.id);
	const kept = own.dwellingId === null ? null : dwellings.find(own.dwellingId);
	const names = people.names();
	const reasons = optionLists.words('criterion_reason', language);
	const minority = persons.filter((one) => one.role === 'minority');
	const measureWords = optionLists.words('measure', language);
	const parts: Parts = {
		forum: row.forum.name,
		outcome: own.outcome,
		dwelling: kept && { ...kept, kind: kinds[kept.kind] ?? kept.kind },
		months: own.months,
		shorter: own.shorter,
		reasons: own.reasons,
		wish: own.wish,
		criteria: optionLists.list('criterion', language).flatMap(({ code, label }) => {
			const found = criteria.find((one) => one.criterion === code);
			if (!found) return [];
			const reason = [found.reason && reasons[found.reason], found.words]
				.filter(Boolean)
				.join(', ');
			return [{ name: label, finding: found.finding, reason }];
		}),
		measures: measures.map((code) => measureWords[code] ?? code),
		followUp:
			own.followUnitId === null
				? null
				: {
						unit: units.names().get(own.followUnitId) ?? '',
						level: optionLists.words('follow_up', language)[own.followLevel ?? ''] ?? ''
					},
		urgent: own.meetingId === null,
		recused: recusedFrom(own.caseId).map((id) => names.get(id) ?? ''),
		minority:
			minority.length === 0
				? null
				: {
						names: minority.map(({ personId: person }) => names.get(person) ?? ''),
						reason: own.minority
					}
	};
	return compose(parts, optionLists.words('sentence', language));
}

/** Who has been found disqualified from a case. */
export function recusedFrom(about: string): string[] {
	return db()
		.select({ person: recusal.personId })
		.from(recusal)
		.where(and(eq(recusal.caseId, about), eq(recusal.status, 'disqualified')))
		.orderBy(asc(recusal.at))
		.all()
		.map((row) => row.person);
}

/** Those of a case that this person may read, the first first. */
export function ofCase(actor: Actor, card: cases.CaseRow, language: Language) {
	const rows = query()
		.where(eq(recommendation.caseId, card.id))
		.orderBy(asc(recommendation.code))
		.all();
	return views(
		actor,
		rows.filter((row) => may(actor, 'read', subject(row))),
		language
	);
}

/** Those of a meeting that this person may read. */
export function ofMeeting(actor: Actor, id: string, language: Language) {
	const rows = query().where(eq(recommendation.meetingId, id)).all();
	return views(
		actor,
		rows.filter((row) => may(actor, 'read', subject(row))),
		language
	);
}
