import { fill, listed, type Sentences } from './sentences.ts';

/**
 * What the board can recommend. Their words are the municipality's data; what each asks for is
 * settled here.
 */
export const recommended = [
	'allocate',
	'extend',
	'exchange',
	'reserve',
	'adapt',
	'other_help',
	'refuse',
	'put_off'
] as const;
export type Recommended = (typeof recommended)[number];

/**
 * `vacant`: a dwelling that is to be kept for this case alone; `own`: the one where the applicant
 * lives.
 */
const dwellings: Partial<Record<Recommended, 'vacant' | 'own'>> = {
	allocate: 'vacant',
	exchange: 'vacant',
	reserve: 'vacant',
	extend: 'own'
};

/**
 * Which dwelling a recommendation is about, if any. One that is, says how long the lease is too.
 */
export function dwellingOf(outcome: Recommended): 'vacant' | 'own' | null {
	return dwellings[outcome] ?? null;
}

/**
 * draft → adopted (frozen) → sent (to the decision maker) → settled (every track ruled on or sent
 * back). What the board only put off stays adopted.
 */
export const recommendationStatuses = ['draft', 'adopted', 'sent', 'settled'] as const;
export type RecommendationStatus = (typeof recommendationStatuses)[number];

/** From when on the decision maker reads it, and the case. */
export const sentStatuses = ['sent', 'settled'] as const satisfies RecommendationStatus[];

export function isSent(status: RecommendationStatus): boolean {
	return (sentStatuses as readonly RecommendationStatus[]).includes(status);
}

/** Adopted, and not yet ruled on. */
export const unsettledStatuses = ['adopted', 'sent'] as const satisfies RecommendationStatus[];

export const findings = ['met', 'not_met', 'not_relevant'] as const;
export type Finding = (typeof findings)[number];

/** In which of the languages a recommendation and what follows from it can be written. */
export const writtenLanguages = ['nn', 'nb'] as const;
export type WrittenLanguage = (typeof writtenLanguages)[number];

/** Who was there when it was adopted, and who of them saw it otherwise. */
export const recommendationRoles = ['present', 'minority'] as const;
export type RecommendationRole = (typeof recommendationRoles)[number];

export const recommendationLimits = {
	reasons: 2000,
	wish: 500,
	words: 300,
	minority: 2000,
	shorter: 500,
	text: 6000
} as const;

/** Fewer months than a lease ordinarily has: then the particular reasons must be given. */
export function isShort(months: number | null, ordinary: number): boolean {
	return months !== null && months < ordinary;
}

export interface Needs {
	bedrooms: string;
	accessible: boolean;
}

export interface Offer {
	bedrooms: number;
	accessible: boolean;
	/** 'YYYY-MM-DD'; null when it is free now. */
	freeFrom: string | null;
}

/** How a vacant dwelling fits a case, one thing at a time. */
export interface Fit {
	bedrooms: 'right' | 'too_few' | 'more';
	/** Whether somebody who needs access gets it. */
	access: boolean;
	/** Whether one can move in by now. */
	ready: boolean;
}

export function fitOf(needs: Needs, offer: Offer, today: string): Fit {
	const wanted = Number.parseInt(needs.bedrooms, 10);
	return {
		bedrooms: offer.bedrooms < wanted ? 'too_few' : offer.bedrooms > wanted ? 'more' : 'right',
		access: offer.accessible || !needs.accessible,
		ready: offer.freeFrom === null || offer.freeFrom <= today
	};
}

/** The better the lower: what does not fit at all comes last. */
export function fitRank({ bedrooms, access, ready }: Fit): number {
	return (
		(bedrooms === 'too_few' ? 8 : 0) +
		(access ? 0 : 4) +
		(bedrooms === 'more' ? 2 : 0) +
		(ready ? 0 : 1)
	);
}

/** Everything that the board's text is put together from, in the words of its language. */
export interface Parts {
	forum: string;
	outcome: Recommended;
	dwelling: { kind: string; bedrooms: number; code: string } | null;
	months: number | null;
	shorter: string;
	criteria: { name: string; finding: Finding; reason: string }[];
	reasons: string;
	measures: string[];
	wish: string;
	followUp: { unit: string; level: string } | null;
	/** Made between meetings, by the few. */
	urgent: boolean;
	recused: string[];
	minority: { names: string[]; reason: string } | null;
}

/** The board's text. `sentences` are the municipality's own, by key, in nynorsk or bokmål. */
export function compose(parts: Parts, sentences: Sentences): string {
	const say = (key: string, values: Record<string, string> = {}) => fill(sentences, key, values);
	const found = (finding: Finding) =>
		parts.criteria
			.filter((one) => one.finding === finding)
			.map(({ name, reason }) => (reason ? `${name} (${reason})` : name));
	const met = found('met');
	const notMet = found('not_met');
	const { dwelling, followUp, minority, forum } = parts;
	return [
		say(parts.outcome, {
			forum,
			kind: dwelling?.kind ?? '',
			bedrooms: String(dwelling?.bedrooms ?? ''),
			code: dwelling?.code ?? '',
			lease: leaseText(parts.months, sentences)
		}),
		parts.shorter && say('shorter', { reason: endless(parts.shorter) }),
		met.length > 0 && say('met', { criteria: listed(met, sentences) }),
		notMet.length > 0 && say('not_met', { criteria: listed(notMet, sentences) }),
		parts.reasons && say('reasons', { reasons: endless(parts.reasons) }),
		parts.measures.length > 0 && say('measures', { measures: listed(parts.measures, sentences) }),
		parts.wish && say('wish', { wish: endless(parts.wish) }),
		followUp && say('follow_up', followUp),
		parts.recused.length > 0
			? say(recusedKey(parts.recused, sentences), { names: listed(parts.recused, sentences) })
			: !parts.urgent && say('nobody_recused'),
		minority
			? say('minority', {
					names: listed(minority.names, sentences),
					reason: endless(minority.reason)
				})
			: say(parts.urgent ? 'urgent' : 'unanimous'),
		parts.outcome !== 'put_off' && say('next')
	]
		.filter(Boolean)
		.join(' ');
}

/** A municipality that has no sentence for several has the one for both. */
function recusedKey({ length }: string[], sentences: Sentences): string {
	return length > 1 && 'recused_several' in sentences ? 'recused_several' : 'recused';
}

/** «tre år», «18 månader» */
export function leaseText(months: number | null, sentences: Sentences): string {
	if (months === null) return '';
	if (months % 12 !== 0) return fill(sentences, 'months', { count: String(months) });
	const years = months / 12;
	return sentences[`years_${years}`] ?? fill(sentences, 'years', { count: String(years) });
}

/** Without the full stop that the sentence around it has. */
function endless(text: string): string {
	return text.trim().replace(/\.+$/, '');
}
