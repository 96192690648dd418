import { daysBetween } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Mark, Outcome } from '#lib/domain/outcome.ts';
import type { Stance, Standing } from '#lib/domain/ruling.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ActionView } from '#lib/server/action/rows.ts';
import * as clock from '#lib/server/platform/clock.ts';
import type { RulingView } from '#lib/server/ruling/rows.ts';

/*
 * What became of something, in words. Put together here, and not on the page, so that the page
 * and what is exported from it say the same. The language is always given: an export is written
 * after the request whose language it has.
 */

/** One thing that became of it. The tone is beside the words, never instead of them. */
export interface OutcomeMark {
	text: string;
	/** Why, in the words of who did it; '' when nothing was said. */
	why: string;
	/** For how many days, when the text tells that. */
	days: number | null;
	tone: 'danger' | 'warning' | 'success' | 'neutral';
	/** What it is about, with its own page. */
	link: { label: string; href: string } | null;
}

/** «3 dagar» */
export function days(count: number, locale: Language): string {
	return count === 1 ? m.days_one({}, { locale }) : m.days({ count }, { locale });
}

const standings: Record<Standing, typeof m.standing_final> = {
	waiting: m.standing_waiting,
	sent_back: m.standing_sent_back,
	dropped: m.standing_dropped,
	not_notified: m.standing_not_notified,
	appeal_runs: m.standing_appeal_runs,
	appealed: m.standing_appealed,
	forwarded: m.standing_forwarded,
	appeal_decided: m.standing_appeal_decided,
	final: m.standing_final
};
const stances: Record<Stance, typeof m.stance_follow> = {
	follow: m.stance_follow,
	depart: m.stance_depart,
	send_back: m.stance_send_back
};

export const standingName = (standing: Standing, locale: Language) =>
	standings[standing]({}, { locale });
export const stanceName = (stance: Stance, locale: Language) => stances[stance]({}, { locale });

const plain = { why: '', days: null, link: null };

/**
 * What the board's recommendation came to before the rulings, if anything hangs there: not sent,
 * put off, withdrawn.
 */
export function ofBoard(told: Outcome[], locale: Language): OutcomeMark[] {
	return told.flatMap(({ mark, since }): OutcomeMark[] => {
		const tone = since === null ? 'neutral' : 'warning';
		const count = since === null ? 0 : daysBetween(since, clock.today());
		if (mark === 'unsent') {
			const text = m.since_unsent({ days: days(count, locale) }, { locale });
			return [{ ...plain, text, tone, days: count }];
		}
		if (mark === 'put_off') return [{ ...plain, text: m.case_step_wait({}, { locale }), tone }];
		return mark === 'withdrawn'
			? [{ ...plain, text: m.case_step_withdraw({}, { locale }), tone }]
			: [];
	});
}

/** What a track was ruled to, with the reason when it departs or is sent back. */
export function ofRuling(one: RulingView, locale: Language): OutcomeMark {
	const link = { label: one.code, href: `/rulings/${one.code}` };
	if (one.waited !== null) {
		const text = m.since_waiting({ days: days(one.waited, locale) }, { locale });
		return { text, why: '', days: one.waited, tone: 'warning', link };
	}
	const text = one.stance ? stanceName(one.stance, locale) : standingName(one.standing, locale);
	const follows = one.stance === 'follow';
	const tone = follows ? 'success' : 'warning';
	return { text, why: follows ? '' : one.reason, days: null, tone, link };
}

/** How many of the actions are done, and how many late. Null when there are none. */
export function ofActions(actions: ActionView[], locale: Language): OutcomeMark | null {
	const { done, all, late } = countOf(actions);
	if (all === 0) return null;
	const tone = late > 0 ? 'danger' : done === all ? 'success' : 'neutral';
	const text =
		late > 0
			? m.outcome_actions_late({ done, all, late }, { locale })
			: m.outcome_actions({ done, all }, { locale });
	return { ...plain, text, tone };
}

/** All of it in one line. */
export function inOneLine(fates: OutcomeMark[]): string {
	return fates
		.map(({ text, why, link }) =>
			[link?.label, why === '' ? text : `${text}: ${why}`].filter(Boolean).join(' ')
		)
		.join('; ');
}

/** What was dropped is not waited for, and counts nowhere. */
export function countOf(actions: ActionView[]): { done: number; all: number; late: number } {
	const counted = actions.filter(({ status }) => status !== 'dropped');
	return {
		done: counted.filter(({ status }) => status === 'done').length,
		all: counted.length,
		late: counted.filter(({ overdue }) => overdue).length
	};
}

const marked: Record<Mark, typeof m.outcome_unsent> = {
	unsent: m.outcome_unsent,
	waiting: m.outcome_waiting,
	sent_back: m.outcome_sent_back,
	put_off: m.outcome_page_put_off,
	late: m.outcome_late,
	review: m.outcome_to_review,
	departed: m.outcome_departed,
	followed: m.outcome_followed,
	going: m.outcome_going,
	coming: m.outcome_later,
	withdrawn: m.outcome_withdrawn
};

export const markName = (mark: Mark, locale: Language) => marked[mark]({}, { locale });
