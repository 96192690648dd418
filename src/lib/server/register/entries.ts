import { and, eq, inArray, ne, notInArray, or, type SQL } from 'drizzle-orm';
import { openStatuses } from '#lib/domain/action.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import {
	type FollowUpCount,
	noFollowUp,
	ofDecision,
	ofRecommendation,
	type Outcome,
	type RecommendationFacts
} from '#lib/domain/outcome.ts';
import { halfOf } from '#lib/domain/period.ts';
import { type Recommended, sentStatuses } from '#lib/domain/recommendation.ts';
import { followUpCondition, readable } from '#lib/server/action/rows.ts';
import { db } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { caseProgress } from '#lib/server/db/schema/case.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { forumsOf } from '#lib/server/ruling/rows.ts';

/*
 * Everything in the register that this person may see, as little of each as filtering, counting
 * and putting in order need: thousands of rows for a page of fifty. What is shown of those fifty
 * is read afterwards, and judged by may() once more.
 */
export interface Entry {
	kind: 'decision' | 'recommendation';
	id: string;
	forum: string;
	/** 'YYYY-MM-DD' of the meeting; of what was recommended, the day of its adoption. */
	date: string;
	half: string;
	at: number;
	/** Of a recommendation. */
	outcome: Recommended | null;
	told: Outcome[];
}

export function entries(actor: Actor, kind: Entry['kind'] | null): Entry[] {
	const led = ledBy(actor);
	return [
		...(kind === 'recommendation' ? [] : decided(actor, led)),
		...(kind === 'decision' ? [] : recommended(actor, led))
	];
}

function decided(actor: Actor, led: Map<string, FollowUpCount>): Entry[] {
	const today = clock.today();
	return db()
		.select({
			id: decision.id,
			forum: meeting.forumId,
			date: meeting.date,
			at: decision.at,
			reviewOn: decision.reviewOn,
			reviewedIn: decision.reviewedInId
		})
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.where(followUpCondition(actor, decision.caseId))
		.all()
		.map(({ id, forum: of, date, at, reviewOn, reviewedIn }) => {
			const facts = { reviewOn, reviewed: reviewedIn !== null, led: led.get(id) ?? noFollowUp };
			const told = ofDecision(facts, today);
			return { kind: 'decision', id, forum: of, date, half: halfOf(date), at, outcome: null, told };
		});
}

function recommended(actor: Actor, led: Map<string, FollowUpCount>): Entry[] {
	const rows = db()
		.select({
			id: recommendation.id,
			forum: recommendation.forumId,
			case: recommendation.caseId,
			item: recommendation.itemId,
			status: recommendation.status,
			outcome: recommendation.outcome,
			at: recommendation.adoptedAt,
			state: caseProgress.state
		})
		.from(recommendation)
		.innerJoin(caseProgress, eq(caseProgress.caseId, recommendation.caseId))
		.where(readableRecommendations(actor))
		.orderBy(recommendation.adoptedAt)
		.all();
	if (rows.length === 0) return [];
	const rulings = rulingsIn(new Set(rows.map((row) => row.forum)));
	const last = new Map(rows.map((row) => [row.case, row.id]));
	return rows.map(({ id, forum: of, case: about, item, status, outcome, at, state }) => {
		const date = clock.dateOf(at!);
		const told = ofRecommendation({
			adoptedOn: date,
			sent: status !== 'adopted',
			putOff: outcome === 'put_off',
			state,
			latest: last.get(about) === id,
			rulings: rulings.get(id) ?? [],
			led: led.get(item ?? '') ?? noFollowUp
		});
		const half = halfOf(date);
		return { kind: 'recommendation', id, forum: of, date, half, at: at!, outcome, told };
	});
}

/** The recommendations that may() lets this person read and that are no drafts, as a condition. */
export function readableRecommendations(actor: Actor): SQL | undefined {
	const inside = db()
		.select({ id: forum.id, kind: forum.kind })
		.from(forum)
		.all()
		.filter(({ id, kind }) =>
			// Of some case, which is none that the person is disqualified from: those are left out below.
			may(actor, 'read', {
				kind: 'recommendation',
				forum: id,
				forumKind: kind,
				case: '',
				at: null,
				status: 'adopted'
			})
		)
		.map(({ id }) => id);
	const ruled = forumsOf(actor);
	const whole = actor.calls.filter(({ item }) => item === null).map((call) => call.meeting);
	const items = actor.calls.flatMap(({ item }) => item ?? []);
	return and(
		ne(recommendation.status, 'draft'),
		notInArray(recommendation.caseId, [...actor.recused]),
		or(
			inArray(recommendation.forumId, inside),
			and(inArray(recommendation.forumId, ruled), inArray(recommendation.status, sentStatuses)),
			and(
				or(inArray(recommendation.meetingId, whole), inArray(recommendation.itemId, items)),
				notInArray(recommendation.forumId, ruled)
			)
		)
	);
}

function rulingsIn(forums: Set<string>): Map<string, RecommendationFacts['rulings']> {
	const found = new Map<string, RecommendationFacts['rulings']>();
	const rows = db()
		.select({
			on: ruling.recommendationId,
			status: ruling.status,
			stance: ruling.stance,
			openedAt: ruling.openedAt,
			at: ruling.at
		})
		.from(ruling)
		.where(inArray(ruling.forumId, [...forums]))
		.all();
	for (const { on, status, stance, openedAt, at } of rows) {
		const one = {
			status,
			stance,
			openedOn: clock.dateOf(openedAt),
			on: at === null ? null : clock.dateOf(at)
		};
		const known = found.get(on);
		if (known) known.push(one);
		else found.set(on, [one]);
	}
	return found;
}

/**
 * What is open of the actions that this person may see, by the decision that they came of; by the
 * item, when it was none. Put together here: grouping would lead the database through all that
 * are over, too.
 */
function ledBy(actor: Actor): Map<string, FollowUpCount> {
	const today = clock.today();
	const rows = db()
		.select({ decision: action.decisionId, item: action.itemId, due: action.due })
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meetingId))
		.where(and(inArray(action.status, openStatuses), readable(actor)))
		.all();
	const found = new Map<string, FollowUpCount>();
	for (const { decision: from, item, due } of rows) {
		const of = from ?? item;
		if (of === null) continue;
		const known = found.get(of) ?? noFollowUp;
		const late = due < today ? due : null;
		const lateSince =
			known.lateSince !== null && (late === null || known.lateSince < late)
				? known.lateSince
				: late;
		found.set(of, { open: known.open + 1, lateSince });
	}
	return found;
}
