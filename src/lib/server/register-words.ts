import type { Mark, Told } from '#lib/domain/became.ts';
import { daysBetween } from '#lib/domain/deadline.ts';
import type { Stance, Standing } from '#lib/domain/ruling.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ActionView } from './action-rows.ts';
import type { Language } from './choices.ts';
import * as clock from './clock.ts';
import type { RulingView } from './ruling-rows.ts';

/*
 * What became of something, in words. Put together here, and not on the page, so that the page and what is exported from it say the
 * same. The language is always given: an export is written after the request whose language it has.
 */

/** One thing that became of it. The tone is beside the words, never instead of them. */
export interface Fate {
	text: string;
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

/** What the council's recommendation came to before the rulings, if anything hangs there: not sent, put off, withdrawn. */
export function ofCouncil(told: Told[], locale: Language): Fate[] {
	return told.flatMap(({ mark, since }): Fate[] => {
		const tone = since === null ? 'neutral' : 'warning';
		if (mark === 'unsent')
			return [
				{ text: m.since_unsent({ days: sinceDays(since, locale) }, { locale }), tone, link: null }
			];
		if (mark === 'put_off') return [{ text: m.course_wait({}, { locale }), tone, link: null }];
		return mark === 'withdrawn'
			? [{ text: m.course_withdraw({}, { locale }), tone, link: null }]
			: [];
	});
}

function sinceDays(since: string | null, locale: Language): string {
	return days(since === null ? 0 : daysBetween(since, clock.today()), locale);
}

/** What a track was ruled to, with the reason when it departs or is sent back. */
export function ofRuling(one: RulingView, locale: Language): Fate {
	const link = { label: one.code, href: `/rulings/${one.code}` };
	if (one.waited !== null)
		return {
			text: m.since_waiting({ days: days(one.waited, locale) }, { locale }),
			tone: 'warning',
			link
		};
	const stance = one.stance ? stanceName(one.stance, locale) : standingName(one.standing, locale);
	const text = [stance, one.stance === 'follow' ? '' : one.reason].filter(Boolean).join(': ');
	return { text, tone: one.stance === 'follow' ? 'success' : 'warning', link };
}

/** How many of the actions are done, and how many late. */
export function ofActions(actions: ActionView[], locale: Language): Fate[] {
	const { done, all, late } = countOf(actions);
	if (all === 0) return [];
	const tone = late > 0 ? 'danger' : done === all ? 'success' : 'neutral';
	const text =
		late > 0
			? m.became_actions_late({ done, all, late }, { locale })
			: m.became_actions({ done, all }, { locale });
	return [{ text, tone, link: null }];
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

const marked: Record<Mark, typeof m.became_unsent> = {
	unsent: m.became_unsent,
	waiting: m.became_waiting,
	sent_back: m.became_sent_back,
	put_off: m.became_put_off,
	late: m.became_late,
	review: m.became_to_review,
	departed: m.became_departed,
	followed: m.became_followed,
	going: m.became_going,
	coming: m.became_later,
	withdrawn: m.became_withdrawn
};

export const markName = (mark: Mark, locale: Language) => marked[mark]({}, { locale });
