import { and, type AnyColumn, eq, sql, type SQL } from 'drizzle-orm';
import { decisionHref } from '#lib/domain/decision.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import type { SearchKind } from '#lib/domain/search.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, sqlite } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { matrix, matrixTask } from '#lib/server/db/schema/matrix.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import type * as meetings from '#lib/server/meeting/meetings.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';

/** One thing as the person who asks may see it: nothing in here is hidden from them. */
export interface Found {
	kind: SearchKind;
	id: string;
	/** «BR 71/26 S-G5MQ», «O-15»; empty when it has none. */
	code: string;
	title: string;
	/** The text in which it may have been found, beside code and title. */
	text: string;
	/** Where it belongs, in names. */
	place: string;
	/** Of an item, its forum. */
	forum?: string;
	/** Of the meeting, or the deadline. */
	date: string | null;
	href: string | null;
}

/**
 * Reads real rows and judges them as their own pages do. What the person may not read is not
 * among the answers.
 */
type Finder = (actor: Actor, ids: string[]) => Found[];

export const finders: Record<SearchKind, Finder> = {
	item: itemsOf,
	minutes: (actor, ids) => {
		const texts = minutesOf(ids);
		return itemsOf(actor, ids).map((item) => {
			return { ...item, kind: 'minutes', text: texts.get(item.id) ?? '' };
		});
	},
	decision: decisionsOf,
	recommendation: recommendationsOf,
	action: actionsOf,
	task: tasksOf,
	person: personsOf
};

function itemsOf(actor: Actor, ids: string[]): Found[] {
	return db()
		.select()
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.leftJoin(caseCard, eq(caseCard.id, agendaItem.caseId))
		.where(and(among(agendaItem.id, ids), eq(agendaItem.removed, false)))
		.all()
		.filter(({ agenda_item: row, ...of }) => may(actor, 'read', agendas.subject(row, shape(of))))
		.map(({ agenda_item: row, case_card: card, ...of }) => ({
			kind: 'item',
			id: row.id,
			code: joined(row.number, card && seesCase(actor, card) ? card.code : null),
			title: row.title,
			text: '',
			place: `${of.forum.name} ${of.meeting.number}`,
			forum: of.forum.id,
			date: of.meeting.date,
			href: `/meetings/${row.meetingId}/${row.id}`
		}));
}

function shape(of: {
	meeting: typeof meeting.$inferSelect;
	forum: typeof forum.$inferSelect;
}): meetings.Meeting {
	const { code, name, kind, handlesCases } = of.forum;
	return { ...of.meeting, forumCode: code, forumName: name, forumKind: kind, handlesCases };
}

/** The words of minutes are in live documents; the index has them from there. */
function minutesOf(items: string[]): Map<string, string> {
	const rows = sqlite()
		.prepare(
			`SELECT thing, text FROM search_entry WHERE kind = 'minutes'
				AND thing IN (SELECT value FROM json_each(?))`
		)
		.raw()
		.all(JSON.stringify(items)) as [string, string][];
	return new Map(rows);
}

function decisionsOf(actor: Actor, ids: string[]): Found[] {
	return db()
		.select()
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.leftJoin(caseCard, eq(caseCard.id, decision.caseId))
		.where(among(decision.id, ids))
		.all()
		.filter(({ decision: row, forum: of }) =>
			may(actor, 'read', {
				kind: 'decision',
				forum: of.id,
				forumKind: of.kind,
				case: row.caseId
			})
		)
		.map(({ decision: row, case_card: card, ...of }) => ({
			kind: 'decision',
			id: row.id,
			code: joined(row.code, card && seesCase(actor, card) ? card.code : null),
			title: '',
			text: [row.text, row.reasons].filter(Boolean).join('\n'),
			place: `${of.forum.name} ${of.meeting.number}`,
			date: of.meeting.date,
			href: decisionHref(row.code)
		}));
}

/** Those who take part find it at its item; the decision maker, once it is sent, at the case. */
function recommendationsOf(actor: Actor, ids: string[]): Found[] {
	return recommendationRows
		.query()
		.where(among(recommendation.id, ids))
		.all()
		.filter((row) => may(actor, 'read', recommendationRows.subject(row)))
		.map((row) => ({
			kind: 'recommendation',
			id: row.own.id,
			code: joined(row.own.code, row.card.code),
			title: '',
			text: recommendationRows.textOf(row),
			place: joined(row.forum.name, row.meeting?.number ?? null),
			date: row.meeting?.date ?? null,
			href: recommendationRows.itemHref(actor, row) ?? `/cases/${row.card.code}`
		}));
}

function actionsOf(actor: Actor, ids: string[]): Found[] {
	return actionRows
		.query()
		.where(and(among(action.id, ids), actionRows.readable(actor)))
		.all()
		.filter((row) => may(actor, 'read', actionRows.subject(row)))
		.map((row) => ({
			kind: 'action',
			id: row.action.id,
			code: joined(row.action.code, codeBeside(actor, row)),
			title: row.action.what,
			text: '',
			place: (row.person ?? row.unit)?.name ?? '',
			date: row.action.due,
			href: `/actions/${row.action.code}`
		}));
}

/** The code of the action's case, unless the action names it itself. */
function codeBeside(actor: Actor, { action: own, card }: actionRows.Row): string | null {
	if (!card || !seesCase(actor, card)) return null;
	return own.what.includes(card.code) ? null : card.code;
}

function tasksOf(actor: Actor, ids: string[]): Found[] {
	if (!may(actor, 'read', { kind: 'directory' })) return [];
	return db()
		.select({ id: matrixTask.id, title: matrixTask.title, matrix: matrix.name })
		.from(matrixTask)
		.innerJoin(matrix, eq(matrix.id, matrixTask.matrixId))
		.where(among(matrixTask.id, ids))
		.all()
		.map((row) => ({
			kind: 'task',
			id: row.id,
			code: '',
			title: row.title,
			text: '',
			place: row.matrix,
			date: null,
			href: `/responsibilities/tasks/${row.id}`
		}));
}

function personsOf(actor: Actor, ids: string[]): Found[] {
	if (!may(actor, 'read', { kind: 'directory' })) return [];
	return db()
		.select({ id: person.id, name: person.name, title: person.title, unit })
		.from(person)
		.leftJoin(unit, eq(unit.id, person.unitId))
		.where(among(person.id, ids))
		.all()
		.map((row) => ({
			kind: 'person',
			id: row.id,
			code: '',
			title: row.name,
			text: row.title,
			place: row.unit?.name ?? '',
			date: null,
			href:
				row.unit && !row.unit.outside
					? `/responsibilities/units/${encodeURIComponent(row.unit.code)}`
					: null
		}));
}

/** One value, however many ids it is of. */
function among(column: AnyColumn, ids: string[]): SQL {
	return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

/** Whoever answers for an action about a case sees the action; the case's code is the case's. */
function seesCase(actor: Actor, card: { id: string; forumId: string }): boolean {
	return may(actor, 'read', cases.subject(card));
}

function joined(...parts: (string | null)[]): string {
	return parts.filter(Boolean).join(' ');
}
