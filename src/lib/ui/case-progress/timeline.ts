import type { Recommendation, Ruling } from '#lib/ui/case/shapes.ts';

/*
 * The way of a case as one line: its steps, and the agendas it stood on, each with what it links
 * to.
 */

export interface Step {
	at: number;
	person: string | null;
	verb: string;
	reason: string | null;
}

export interface Appearance {
	number: string | null;
	/** Empty for who may not open it. */
	title: string;
	forumCode: string;
	meetingNumber: string;
	/** 'YYYY-MM-DD' */
	date: string;
	href: string | null;
}

export interface Link {
	label: string;
	href: string | null;
}

export type Stretch =
	| { kind: 'step'; at: number; step: Step; links: Link[] }
	| { kind: 'agenda'; at: number; on: Appearance };

/** Everything of one command is written down within this time. */
const oneVerb = 5000;
const near = (one: number | null | undefined, other: number) =>
	one != null && Math.abs(one - other) < oneVerb;

/**
 * The first first. A meeting's day stands before everything else of that day: what is said there
 * comes of it. What stands on the agenda of a meeting to come is last.
 */
export function timelineOf(
	steps: Step[],
	appearances: Appearance[],
	recommendations: (Pick<Recommendation, 'code' | 'adopted'> & { sentAt: number | null })[],
	rulings: Pick<Ruling, 'code' | 'at'>[]
): Stretch[] {
	const linksOf = ({ at }: Step): Link[] => [
		...recommendations
			.filter(({ adopted, sentAt }) => near(adopted?.at, at) || near(sentAt, at))
			.map(({ code }) => ({ label: code, href: `#${code}` })),
		...rulings
			.filter((one) => near(one.at, at))
			.map(({ code }) => ({ label: code, href: `/rulings/${code}` }))
	];
	return [
		...steps.map((step): Stretch => ({ kind: 'step', at: step.at, step, links: linksOf(step) })),
		...appearances.map((on): Stretch => ({ kind: 'agenda', at: Date.parse(on.date), on }))
	].sort((a, b) => a.at - b.at);
}
