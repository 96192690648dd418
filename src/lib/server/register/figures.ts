import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { addDays, daysBetween, onWorkday } from '#lib/domain/deadline.ts';
import {
	appliedOn,
	type Figure,
	missed,
	type Missed,
	shares,
	type Span,
	times
} from '#lib/domain/figures.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { halfOf, isWithin, type Period, periodsOf } from '#lib/domain/period.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard, caseProgress, caseStep } from '#lib/server/db/schema/case.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { appeal, ruling } from '#lib/server/db/schema/ruling.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { readableRecommendations } from './entries.ts';

/*
 * Figures for who chairs a forum that handles cases: how long it takes, how often rulings follow,
 * and what hangs. Of the cases that this person may see, and of no other.
 */

/** The three stretches of the way, in their order. */
export type Stretch = 'to_recommendation' | 'to_ruling' | 'to_moving_in';

export interface ForumFigures {
	forum: { id: string; code: string; name: string };
	/** Periods in which something happened. */
	periods: string[];
	/** Median days of each stretch. */
	times: { stretch: Stretch; days: Figure }[];
	/** Rulings of a hundred that follow the recommendation. */
	followed: Figure;
	/** The time to ruling, half year by half year: of the latest six. */
	caseProgress: { half: string; days: Figure }[];
	/** Cases that have been put off more than twice. */
	putOff: { code: string; times: number }[];
	/**
	 * Applications that had no answer and no preliminary reply in time, and appeals that were
	 * forwarded too late.
	 */
	replies: ({ code: string } & Missed)[];
	appeals: ({ code: string } & Missed)[];
}

/** Whether there are figures of this forum for this person. */
export function allows(actor: Actor, of: Pick<forums.Forum, 'id' | 'handlesCases'>): boolean {
	return of.handlesCases && may(actor, 'run', { kind: 'case', forum: of.id, id: null });
}

/** Refuses not_found. */
export function of(actor: Actor, code: string, period: Period): ForumFigures {
	const forum = forums.read(actor, code);
	if (!allows(actor, forum)) throw new Refusal('not_found');
	const cards = cardsOf(actor, forum.id);
	const facts = {
		recommended: recommendedOf(actor, forum.id),
		rulings: rulingsOf(forum.id, cards)
	};
	const steps = stepsOf(cards);
	const spans: Record<Stretch, Span[]> = {
		to_recommendation: toRecommendation(cards, facts.recommended),
		to_ruling: toRuling(facts.recommended, facts.rulings),
		to_moving_in: toMovingIn(steps, facts.rulings)
	};
	const follow = shares(
		facts.rulings.flatMap(({ ruledOn, stance }) =>
			ruledOn === null ? [] : [{ half: halfOf(ruledOn), did: stance === 'follow' }]
		)
	);
	const toRule = times(spans.to_ruling);
	const missedReplies = replies(cards, steps, facts.rulings);
	const missedAppeals = appeals(facts.rulings);
	const ruledIn = periodsOf(spans.to_ruling.map(({ half }) => half));
	const within = <One extends { due: string }>(one: One) => isWithin(halfOf(one.due), period);
	return {
		forum: { id: forum.id, code: forum.code, name: forum.name },
		periods: periodsOf([
			...Object.values(spans).flatMap((all) => all.map(({ half }) => half)),
			...[...missedReplies, ...missedAppeals].map(({ due }) => halfOf(due))
		]),
		times: (Object.keys(spans) as Stretch[]).map((stretch) => ({
			stretch,
			days: times(spans[stretch])(period)
		})),
		followed: follow(period),
		caseProgress: ruledIn
			.filter((one) => one.length > 4)
			.slice(0, 6)
			.reverse()
			.map((half) => ({ half, days: toRule(half) })),
		putOff: putOff(cards, steps, period),
		replies: missedReplies.filter(within),
		appeals: missedAppeals.filter(within)
	};
}

type Cards = Map<
	string,
	{ code: string; monthIn: string; due: string | null; repliedOn: string | null }
>;

/** The forum's cases, those left out that this person is disqualified from. */
function cardsOf(actor: Actor, forum: string): Cards {
	const rows = db()
		.select({
			id: caseCard.id,
			code: caseCard.code,
			monthIn: caseCard.monthIn,
			due: caseProgress.replyDue,
			repliedOn: caseProgress.repliedOn
		})
		.from(caseCard)
		.innerJoin(caseProgress, eq(caseProgress.caseId, caseCard.id))
		.where(eq(caseCard.forumId, forum))
		.orderBy(asc(caseCard.code))
		.all()
		.filter(({ id }) => may(actor, 'read', { kind: 'case', forum, id }));
	return new Map(rows.map(({ id, ...card }) => [id, card]));
}

type Recommended = { id: string; case: string; on: string };

/**
 * What has been recommended, the first first; putting a case off is no recommendation that
 * anybody waits for.
 */
function recommendedOf(actor: Actor, forum: string): Recommended[] {
	return db()
		.select({ id: recommendation.id, case: recommendation.caseId, at: recommendation.adoptedAt })
		.from(recommendation)
		.where(
			and(
				eq(recommendation.forumId, forum),
				ne(recommendation.outcome, 'put_off'),
				readableRecommendations(actor)
			)
		)
		.orderBy(asc(recommendation.adoptedAt))
		.all()
		.map(({ id, case: about, at }) => ({ id, case: about, on: clock.dateOf(at!) }));
}

function rulingsOf(forum: string, cards: Cards) {
	return db()
		.select({
			code: ruling.code,
			on: ruling.recommendationId,
			case: ruling.caseId,
			status: ruling.status,
			stance: ruling.stance,
			ruledOn: ruling.ruledOn,
			appeal
		})
		.from(ruling)
		.leftJoin(appeal, eq(appeal.rulingId, ruling.id))
		.where(eq(ruling.forumId, forum))
		.orderBy(asc(ruling.ruledOn))
		.all()
		.filter((row) => cards.has(row.case));
}

type Rulings = ReturnType<typeof rulingsOf>;

/** The steps that figures are made of, the first first. */
function stepsOf(cards: Cards) {
	return db()
		.select({ case: caseStep.caseId, to: caseStep.to, at: caseStep.at })
		.from(caseStep)
		.where(inArray(caseStep.to, ['put_off', 'housed', 'withdrawn']))
		.orderBy(asc(caseStep.at))
		.all()
		.filter((row) => cards.has(row.case))
		.map(({ case: about, to, at }) => ({ case: about, to, on: clock.dateOf(at) }));
}

type Steps = ReturnType<typeof stepsOf>;

const span = (from: string, to: string): Span => ({
	half: halfOf(to),
	days: Math.max(0, daysBetween(from, to))
});

/** From the application to the first recommendation about it. */
function toRecommendation(cards: Cards, recommended: Recommended[]): Span[] {
	const months = procedure.count('reply_months');
	const first = new Map([...recommended].reverse().map((one) => [one.case, one]));
	return [...first.values()].flatMap(({ case: about, on }) => {
		const card = cards.get(about);
		return card ? [span(appliedOn({ replyDue: card.due, monthIn: card.monthIn }, months), on)] : [];
	});
}

/** From the adoption until the last of its tracks was ruled on. */
function toRuling(recommended: Recommended[], rulings: Rulings): Span[] {
	const byRecommendation = Map.groupBy(rulings, (one) => one.on);
	return recommended.flatMap(({ id, on }) => {
		const mine = byRecommendation.get(id) ?? [];
		const last = mine.at(-1)?.ruledOn;
		return last && mine.every(({ status }) => status === 'ruled') ? [span(on, last)] : [];
	});
}

/** From the last ruling before it until somebody moved in. */
function toMovingIn(steps: Steps, rulings: Rulings): Span[] {
	const byCase = Map.groupBy(rulings, (one) => one.case);
	return steps
		.filter(({ to }) => to === 'housed')
		.flatMap(({ case: about, on }) => {
			const before = (byCase.get(about) ?? []).flatMap(({ ruledOn }) =>
				ruledOn !== null && ruledOn <= on ? [ruledOn] : []
			);
			const last = before.at(-1);
			return last ? [span(last, on)] : [];
		});
}

/** Cases that were put off in the period, and more than twice in all. */
function putOff(cards: Cards, steps: Steps, period: Period): ForumFigures['putOff'] {
	const turns = Map.groupBy(
		steps.filter(({ to }) => to === 'put_off'),
		(one) => one.case
	);
	return [...turns]
		.filter(([, all]) => all.length > 2 && all.some(({ on }) => isWithin(halfOf(on), period)))
		.map(([about, all]) => ({ code: cards.get(about)!.code, times: all.length }))
		.sort((a, b) => b.times - a.times || (a.code < b.code ? -1 : 1));
}

/** Whoever withdraws or is ruled on in time needs no preliminary reply. */
function replies(cards: Cards, steps: Steps, rulings: Rulings): ForumFigures['replies'] {
	const today = clock.today();
	const ends = new Map<string, string>();
	const end = (about: string, on: string | null) => {
		const known = ends.get(about);
		if (on !== null && (known === undefined || on < known)) ends.set(about, on);
	};
	for (const { case: about, ruledOn } of rulings) end(about, ruledOn);
	for (const { case: about, to, on } of steps) if (to === 'withdrawn') end(about, on);
	for (const [about, { repliedOn }] of cards) end(about, repliedOn);
	return [...cards].flatMap(([about, { code, due }]) => {
		const late = due === null ? null : missed(due, ends.get(about) ?? null, today);
		return late ? [{ code, ...late }] : [];
	});
}

/**
 * An appeal that the municipality has not itself given way to goes to the appeal body within the
 * time that it has set itself.
 */
function appeals(rulings: Rulings): ForumFigures['appeals'] {
	const today = clock.today();
	const weeks = procedure.count('forward_weeks');
	return rulings.flatMap(({ code, appeal: known }) => {
		if (!known) return [];
		const due = onWorkday(addDays(known.receivedOn, 7 * weeks));
		const late = missed(due, known.forwardedOn ?? known.decidedOn, today);
		return late ? [{ code, ...late }] : [];
	});
}
