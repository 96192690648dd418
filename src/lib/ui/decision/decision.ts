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
