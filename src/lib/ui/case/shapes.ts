import type { CaseState } from '#lib/domain/case-progress.ts';
import type {
	Finding,
	Fit,
	RecommendationStatus,
	Recommended
} from '#lib/domain/recommendation.ts';
import type {
	AppealResult,
	RulingResult,
	RulingStatus,
	RulingStepName,
	Stance,
	Standing
} from '#lib/domain/ruling.ts';

/* What loads tell of recommendations and rulings. */

export interface Ruling {
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
	daysLeft: number | null;
	waited: number | null;
	by: string | null;
	/** When it was made or sent back. */
	at: number | null;
	standing: Standing;
	appeal: {
		receivedOn: string;
		forwardedOn: string | null;
		decidedOn: string | null;
		result: AppealResult | null;
		late: boolean;
	} | null;
	case: { code: string };
	recommendation: { id: string; code: string; outcomeName: string };
	open: RulingStepName[];
	notifies: boolean;
}

export interface Recommendation {
	id: string;
	code: string;
	status: RecommendationStatus;
	version: number;
	outcome: Recommended;
	outcomeName: string;
	dwelling: { id: string; code: string; kindName: string } | null;
	months: number | null;
	shorter: string;
	reasons: string;
	wish: string;
	followUnit: { id: string; name: string } | null;
	followLevel: string | null;
	criteria: { criterion: string; finding: Finding; reason: string | null; words: string }[];
	measures: string[];
	minority: { persons: string[]; names: string[]; reason: string };
	text: string;
	/**
	 * Of one made between meetings, what somebody has written themselves in place of what the
	 * choices make.
	 */
	ownText: string | null;
	/** The text has been opened to be written together. */
	together: boolean;
	/** The choices have changed since, and the text does not follow by itself. */
	behind: boolean;
	/** Words have been erased from it since it was adopted. */
	redacted: boolean;
	language: 'nn' | 'nb';
	case: { id: string; code: string };
	source: { label: string; href: string | null; item: string | null };
	adopted: { at: number; by: string; present: string[]; sha256: string } | null;
	rights: { write: boolean; adopt: boolean; send: boolean };
	/** The tracks that it can be sent on. */
	tracks: Track[];
}

export interface Track {
	code: string;
	name: string;
	law: string;
	body: string;
	usual: boolean;
}

export interface Choice {
	code: string;
	label: string;
}

/** What a recommendation is put together from: the municipality's lists, and the dwellings. */
export interface RecommendationLists {
	outcomes: Choice[];
	criteria: Choice[];
	reasons: Choice[];
	measures: Choice[];
	levels: Choice[];
	recusalReasons: Choice[];
	dwellings: {
		id: string;
		code: string;
		kindName: string;
		bedrooms: number;
		accessible: boolean;
		zone: string;
		status: string;
		freeFrom: string | null;
		reserved: boolean;
		/** The case that it is kept for. */
		keptFor: string | null;
	}[];
	leaseMonths: number;
	leaseLaw: string;
	shortLaw: string;
	language: 'nn' | 'nb';
}

export type FitOf = Fit;

export interface Question {
	id: string;
	item: string;
	person: string;
	name: string;
	reason: string;
	law: string;
	status: 'raised' | 'disqualified' | 'impartial';
	decides: boolean;
}

/** A case that waits for the board. */
export interface Queued {
	id: string;
	code: string;
	urgent: boolean;
	/** How many times it has been put off or sent back, and when and why the last time. */
	turned: number;
	why: { at: number; to: CaseState; reason: string } | null;
	last: { title: string; number: string | null; href: string } | null;
}

/** A decision between meetings, as the board is told of it. */
export type UrgentNotice = Pick<
	Recommendation,
	'id' | 'code' | 'status' | 'text' | 'case' | 'adopted'
> & {
	why: string;
};

/** Somebody who can come in a member's place. */
export interface Deputy {
	person: string;
	name: string;
	for: string | null;
	forName: string | null;
	subordinate: boolean;
}

/** The lists as they are for one case: what is kept for it already can be proposed for it again. */
export function listsFor(lists: RecommendationLists, about: string): RecommendationLists {
	const dwellings = lists.dwellings.map((one) =>
		one.keptFor === about ? { ...one, reserved: false } : one
	);
	return { ...lists, dwellings };
}
