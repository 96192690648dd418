import { type Actor, may } from '#lib/domain/may.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as progress from './progress.ts';

/*
 * The way of a case, as each who reads its card may know it: the decision maker, and a deputy who
 * came to one item, were no part of the rest.
 */

export interface Appearance {
	number: string | null;
	/** '' for who may not open the item. */
	title: string;
	forumCode: string;
	meetingNumber: string;
	/** 'YYYY-MM-DD' */
	date: string;
	/** The item; null for who may not open it. */
	href: string | null;
}

/**
 * The agendas it has been on, the latest first. Of an item that they may not open somebody knows
 * where it was, not what it was called there; and nothing of it as long as its meeting is to
 * come.
 */
export function appearances(actor: Actor, card: cases.CaseRow): Appearance[] {
	return cases.appearances(card).flatMap(({ item, meeting, status, ...one }): Appearance[] => {
		if (agendas.mayOpen(actor, item)) return [{ ...one, href: `/meetings/${meeting}/${item}` }];
		const toCome = status === 'planned' || status === 'called';
		return toCome ? [] : [{ ...one, title: '', href: null }];
	});
}

const putOff = ['put_off', 'wait'];

/**
 * Its steps, the first first. Why the board put it off belongs to its own talks: not for the
 * decision maker.
 */
export function steps(actor: Actor, card: cases.CaseRow): progress.CaseStepTaken[] {
	const { forumId: forum, id } = card;
	const rules = may(actor, 'rule', { kind: 'ruling', forum, case: id });
	return progress
		.history(card)
		.map((one) => (rules && putOff.includes(one.verb) ? { ...one, reason: null } : one));
}
