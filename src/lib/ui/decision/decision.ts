import type { ActionRow } from '#lib/ui/action/ActionList.svelte';

/** A decision as lists and its own page show it. */
export interface DecisionRow {
	id: string;
	code: string;
	/** Its own page; null for who sees it only where it was made. */
	href: string | null;
	text: string;
	reasons: string;
	minority: string;
	statement: string;
	/** 'YYYY-MM-DD' */
	reviewOn: string | null;
	/** It is to be looked at again by now. */
	toReview: boolean;
	reviewedIn: { label: string; href: string | null } | null;
	forum: { code: string; name: string };
	meeting: { id: string; number: string; date: string };
	item: { label: string; title: string; href: string | null };
	case: { code: string; readable: boolean } | null;
	by: string;
	/** What it led to. */
	actions: ActionRow[];
}

/** One thing that became of it, in words. */
export interface OutcomeMark {
	text: string;
	/** In the words of who did it; '' when nothing was said. */
	why: string;
	/** For how many days, when the text tells that. */
	days: number | null;
	tone: 'danger' | 'warning' | 'success' | 'neutral';
	link: { label: string; href: string } | null;
}

/** A row of the register: a decision or a recommendation, and what became of it in words. */
export interface Registered {
	kind: 'decision' | 'recommendation';
	id: string;
	code: string;
	href: string | null;
	text: string;
	case: { code: string; readable: boolean } | null;
	forum: string;
	meeting: string | null;
	/** Null when it was made between meetings. */
	item: { label: string; title: string; href: string | null } | null;
	/** 'YYYY-MM-DD' */
	date: string;
	became: OutcomeMark[];
	/** How far the actions have come that followed from it. */
	followed: OutcomeMark | null;
	/** For how many days something of it has hung. */
	hangs: number | null;
	review: Pick<DecisionRow, 'reviewOn' | 'toReview' | 'reviewedIn'> | null;
	actions: ActionRow[];
}
