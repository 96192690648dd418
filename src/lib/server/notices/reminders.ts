import { and, asc, between, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import { openStatuses } from '#lib/domain/action.ts';
import { caseSteps } from '#lib/domain/case-progress.ts';
import { addDays } from '#lib/domain/deadline.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { standingOf } from '#lib/domain/ruling.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { caseCard, caseProgress } from '#lib/server/db/schema/case.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';

/*
 * What somebody has to do and by when, as far as they may see it now. Codes, dates and the names
 * of units only: titles are free text, and a mail cannot be taken back.
 */

export type Reminder =
	| {
			kind: 'action';
			id: string;
			code: string;
			due: string;
			/** The unit that answers, when no person does. */
			unit: string | null;
			/** The meeting or item that it comes from: 'BR 66/26'. */
			source: string;
			case: string | null;
	  }
	/** A recommendation that waits to be ruled on. `since` is a date. */
	| { kind: 'ruling'; id: string; code: string; case: string; since: string }
	/** The last day for an appeal, for those who follow the ruling up. */
	| { kind: 'appeal'; id: string; code: string; case: string; due: string }
	/** The day by which an applicant must have an answer or a preliminary reply. */
	| { kind: 'reply'; id: string; code: string; due: string };

/** Days ahead that somebody is reminded of. */
const ahead = 7;
/** For a calendar, which shows them all. */
const anyTime = '9999-12-31';

/** What to remind this person of today: late or due within a week. */
export function of(actor: Actor): Reminder[] {
	return until(actor, addDays(clock.today(), ahead));
}

/** Everything of theirs that has a day. */
export function deadlines(actor: Actor): Exclude<Reminder, { kind: 'ruling' }>[] {
	return until(actor, anyTime).filter((one) => one.kind !== 'ruling');
}

function until(actor: Actor, last: string): Reminder[] {
	return [
		...ownActions(actor, last),
		...toRule(actor),
		...appeals(actor, last),
		...replies(actor, last)
	];
}

/** What I answer for myself, or a unit that I lead. */
function ownActions(actor: Actor, last: string): Reminder[] {
	const rows = actionRows
		.query()
		.where(
			and(
				inArray(action.status, openStatuses),
				lte(action.due, last),
				or(eq(action.personId, actor.id), inArray(action.unitId, [...actor.leads])),
				actionRows.readable(actor)
			)
		)
		.orderBy(asc(action.due), asc(action.code))
		.all()
		.filter((row) => may(actor, 'read', actionRows.subject(row)));
	return actionRows.views(actor, rows).map((one) => ({
		kind: 'action',
		id: one.id,
		code: one.code,
		due: one.due,
		unit: one.responsible.kind === 'unit' ? one.responsible.name : null,
		source: one.source.label,
		case: one.case?.code ?? null
	}));
}

function toRule(actor: Actor): Reminder[] {
	const forums = rulingRows.forumsOf(actor);
	if (forums.length === 0) return [];
	return rulingRows
		.query()
		.where(and(eq(ruling.status, 'waiting'), inArray(ruling.forumId, forums)))
		.orderBy(asc(ruling.openedAt), asc(ruling.code))
		.all()
		.filter((row) => may(actor, 'rule', rulingRows.subject(row)))
		.map(({ own, card }) => ({
			kind: 'ruling',
			id: own.id,
			code: own.code,
			case: card.code,
			since: clock.dateOf(own.openedAt)
		}));
}

function appeals(actor: Actor, last: string): Reminder[] {
	const today = clock.today();
	return rulingRows
		.query()
		.where(and(eq(ruling.status, 'ruled'), between(ruling.appealUntil, today, last)))
		.orderBy(asc(ruling.appealUntil), asc(ruling.code))
		.all()
		.filter((row) => may(actor, 'complete', rulingRows.subject(row)))
		.filter((row) => standingOf(rulingRows.factsOf(row), today) === 'appeal_runs')
		.map(({ own, card }) => ({
			kind: 'appeal',
			id: own.id,
			code: own.code,
			case: card.code,
			due: own.appealUntil!
		}));
}

/**
 * For those who lead the forum, and those at the unit that has the case, in the zone that knows
 * the day (courses.of).
 */
function replies(actor: Actor, last: string): Reminder[] {
	return db()
		.select({ card: caseCard })
		.from(caseProgress)
		.innerJoin(caseCard, eq(caseCard.id, caseProgress.caseId))
		.where(
			and(
				inArray(caseProgress.state, [...caseSteps.withdraw.from]),
				lte(caseProgress.replyDue, last),
				isNull(caseProgress.repliedOn)
			)
		)
		.orderBy(asc(caseProgress.replyDue), asc(caseCard.code))
		.all()
		.filter(({ card }) => sees(actor, card))
		.flatMap(({ card: { id, code }, card }): Reminder[] => {
			const { reply } = progress.of(actor, card);
			return reply ? [{ kind: 'reply', id, code, due: reply.due }] : [];
		});
}

function sees(actor: Actor, card: cases.CaseRow): boolean {
	const subject = cases.subject(card);
	if (!may(actor, 'read', subject)) return false;
	return (
		may(actor, 'run', subject) || actor.unit === card.unitId || actor.leads.includes(card.unitId)
	);
}
