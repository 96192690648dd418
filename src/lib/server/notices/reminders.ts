import { and, asc, between, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import { actionStatuses, isOpen } from '#lib/domain/action.ts';
import { caseSteps } from '#lib/domain/case-progress.ts';
import { addDays } from '#lib/domain/deadline.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { standingOf } from '#lib/domain/ruling.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { caseCard, course } from '#lib/server/db/schema/case.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';

/*
 * What somebody has to do and by when, as far as they may see it now. Codes, dates and the names of units only: titles are free text,
 * and a mail cannot be taken back.
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
export function of(asker: Actor): Reminder[] {
	return until(asker, addDays(clock.today(), ahead));
}

/** Everything of theirs that has a day. */
export function deadlines(asker: Actor): Exclude<Reminder, { kind: 'ruling' }>[] {
	return until(asker, anyTime).filter((one) => one.kind !== 'ruling');
}

function until(asker: Actor, last: string): Reminder[] {
	return [
		...ownActions(asker, last),
		...toRule(asker),
		...appeals(asker, last),
		...replies(asker, last)
	];
}

/** What I answer for myself, or a unit that I lead. */
function ownActions(asker: Actor, last: string): Reminder[] {
	const rows = actionRows
		.query()
		.where(
			and(
				inArray(action.status, actionStatuses.filter(isOpen)),
				lte(action.due, last),
				or(eq(action.personId, asker.id), inArray(action.unitId, [...asker.leads])),
				actionRows.readable(asker)
			)
		)
		.orderBy(asc(action.due), asc(action.code))
		.all()
		.filter((row) => may(asker, 'read', actionRows.thing(row)));
	return actionRows.views(asker, rows).map((one) => ({
		kind: 'action',
		...{ id: one.id, code: one.code, due: one.due },
		unit: one.responsible.kind === 'unit' ? one.responsible.name : null,
		source: one.source.label,
		case: one.case?.code ?? null
	}));
}

function toRule(asker: Actor): Reminder[] {
	if (asker.rules.length === 0) return [];
	return rulingRows
		.query()
		.where(and(eq(ruling.status, 'waiting'), inArray(ruling.forumId, [...asker.rules])))
		.orderBy(asc(ruling.openedAt), asc(ruling.code))
		.all()
		.filter((row) => may(asker, 'rule', rulingRows.thing(row)))
		.map(({ own, card }) => ({
			kind: 'ruling',
			...{ id: own.id, code: own.code, case: card.code },
			since: clock.dateOf(own.openedAt)
		}));
}

function appeals(asker: Actor, last: string): Reminder[] {
	const today = clock.today();
	return rulingRows
		.query()
		.where(and(eq(ruling.status, 'ruled'), between(ruling.appealUntil, today, last)))
		.orderBy(asc(ruling.appealUntil), asc(ruling.code))
		.all()
		.filter((row) => may(asker, 'complete', rulingRows.thing(row)))
		.filter((row) => standingOf(rulingRows.factsOf(row), today) === 'appeal_runs')
		.map(({ own, card }) => ({
			kind: 'appeal',
			...{ id: own.id, code: own.code, case: card.code, due: own.appealUntil! }
		}));
}

/** For those who lead the forum, and those at the unit that has the case, in the zone that knows the day (courses.of). */
function replies(asker: Actor, last: string): Reminder[] {
	return db()
		.select({ card: caseCard })
		.from(course)
		.innerJoin(caseCard, eq(caseCard.id, course.caseId))
		.where(
			and(
				inArray(course.state, [...caseSteps.withdraw.from]),
				lte(course.replyDue, last),
				isNull(course.repliedOn)
			)
		)
		.orderBy(asc(course.replyDue), asc(caseCard.code))
		.all()
		.filter(({ card }) => sees(asker, card))
		.flatMap(({ card: { id, code }, card }): Reminder[] => {
			const { reply } = courses.of(asker, card);
			return reply ? [{ kind: 'reply', id, code, due: reply.due }] : [];
		});
}

function sees(asker: Actor, card: cases.CaseRow): boolean {
	const thing = cases.thing(card);
	if (!may(asker, 'read', thing)) return false;
	return (
		may(asker, 'run', thing) || asker.unit === card.unitId || asker.leads.includes(card.unitId)
	);
}
