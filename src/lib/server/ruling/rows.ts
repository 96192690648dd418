import { asc, eq } from 'drizzle-orm';
import { daysBetween } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import {
	type Appeal,
	isLateAppeal,
	type RulingFacts,
	type RulingResult,
	type RulingStatus,
	type RulingStepName,
	rulingStepsFrom,
	type Stance,
	type Standing,
	standingOf
} from '#lib/domain/ruling.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { appeal, ruling } from '#lib/server/db/schema/ruling.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';

/* Reading rulings and judging them. */

export function query() {
	return db()
		.select({ own: ruling, recommendation, appeal, card: caseCard })
		.from(ruling)
		.innerJoin(recommendation, eq(recommendation.id, ruling.recommendationId))
		.innerJoin(caseCard, eq(caseCard.id, ruling.caseId))
		.leftJoin(appeal, eq(appeal.rulingId, ruling.id));
}

export type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

/** Ids of the forums on whose recommendations this person rules. */
export function forumsOf(actor: Actor): string[] {
	const all = db().select({ id: forum.id }).from(forum).all();
	return all
		.map(({ id }) => id)
		.filter((id) => may(actor, 'rule', { kind: 'ruling', forum: id, case: null }));
}

/** What may() wants to know of a ruling. */
export function subject({ own }: Row): Subject {
	return { kind: 'ruling', forum: own.forumId, case: own.caseId };
}

/** What its next steps and its standing rest on. */
export function factsOf({ own, appeal: known }: Row): RulingFacts {
	const { status, noticeOn, appealUntil } = own;
	return { status, noticeOn, appealUntil, appeal: known };
}

export interface RulingView {
	id: string;
	code: string;
	track: string;
	trackName: string;
	law: string;
	body: string;
	status: RulingStatus;
	stance: Stance | null;
	result: RulingResult | null;
	content: string;
	reason: string;
	ruledOn: string | null;
	noticeOn: string | null;
	appealUntil: string | null;
	/** Days until the appeal deadline; negative when it is past. */
	daysLeft: number | null;
	/** Days since it was sent to be ruled on, as long as it waits. */
	waited: number | null;
	by: string | null;
	/** When it was made or sent back. */
	at: number | null;
	standing: Standing;
	appeal: (Appeal & { late: boolean }) | null;
	case: { code: string };
	recommendation: { id: string; code: string; outcomeName: string };
	/** What this person may do to it from here. */
	open: RulingStepName[];
	notifies: boolean;
	/** Whether the work that follows has been sent out, and whether this person may do that. */
	started: boolean;
	starts: boolean;
}

export function views(actor: Actor, rows: Row[], language: Language): RulingView[] {
	if (rows.length === 0) return [];
	const tracks = optionLists.words('track', language);
	const laws = optionLists.words('track_law', language);
	const bodies = optionLists.words('appeal_body', language);
	const outcomes = optionLists.words('recommended', language);
	const names = people.names();
	const today = clock.today();
	return rows.map((row) => {
		const { own, appeal: known, recommendation: on } = row;
		const facts = factsOf(row);
		const rules = may(actor, 'rule', subject(row));
		const completes = may(actor, 'complete', subject(row));
		const { id, code, track, status, stance, result, content, reason } = own;
		const { ruledOn, noticeOn, appealUntil } = own;
		return {
			id,
			code,
			track,
			status,
			stance,
			result,
			content,
			reason,
			ruledOn,
			noticeOn,
			appealUntil,
			at: own.at,
			trackName: tracks[track] ?? track,
			law: laws[track] ?? '',
			body: bodies[track] ?? '',
			daysLeft: appealUntil === null ? null : daysBetween(today, appealUntil),
			waited: status === 'waiting' ? sinceDays(own.openedAt, today) : null,
			by: own.personId === null ? null : (names.get(own.personId) ?? null),
			standing: standingOf(facts, today),
			appeal: known && { ...known, late: isLateAppeal(known.receivedOn, appealUntil) },
			case: { code: row.card.code },
			recommendation: { id: on.id, code: on.code, outcomeName: outcomes[on.outcome] ?? on.outcome },
			open: rulingStepsFrom(facts).filter((verb) =>
				verb === 'follow' || verb === 'depart' || verb === 'send_back' ? rules : completes
			),
			notifies: status === 'ruled' && noticeOn === null && completes,
			started: own.startedAt !== null,
			starts: status === 'ruled' && own.startedAt === null && may(actor, 'run', subject(row))
		};
	});
}

function sinceDays(moment: number, today: string): number {
	return daysBetween(clock.dateOf(moment), today);
}

/** Of a case, the first first. */
export function ofCase(actor: Actor, card: cases.CaseRow, language: Language) {
	const rows = query().where(eq(ruling.caseId, card.id)).orderBy(asc(ruling.code)).all();
	return views(
		actor,
		rows.filter((row) => may(actor, 'read', subject(row))),
		language
	);
}

/**
 * One, by its code, with the recommendation that it rules on and the other tracks. Refuses
 * not_found.
 */
export function read(actor: Actor, code: string, language: Language) {
	const row = query().where(eq(ruling.code, code.toUpperCase())).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	const beside = query().where(eq(ruling.recommendationId, row.own.recommendationId)).all();
	const on = recommendationRows.read(actor, row.own.recommendationId);
	return {
		ruling: views(actor, [row], language)[0]!,
		recommendation: recommendationRows.views(actor, [on], language)[0]!,
		card: cases.describe([row.card], language)[0]!,
		others: views(
			actor,
			beside.filter(({ own }) => own.id !== row.own.id),
			language
		)
	};
}
