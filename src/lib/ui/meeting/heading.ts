import type { Outcome } from '#lib/domain/meeting.ts';
import type { AgendaItem } from '#lib/domain/schedule.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Card } from '#lib/ui/case/card.ts';

export interface CaseHeading {
	number: string | null;
	title: string;
	case: Card;
	epoch: number;
	/** A deputy called to one case writes there and nowhere else. */
	writes: boolean;
}

export interface ItemState {
	outcome: Outcome | null;
	spent: number;
	round: number;
	before: { number: string | null; meeting: string; item: string }[];
	corrects: boolean;
}

/** Of an item that has just been added: nothing yet. */
export const fresh: ItemState = { outcome: null, spent: 0, round: 1, before: [], corrects: false };

export interface Headings {
	numbers: Record<string, string>;
	states: Record<string, ItemState>;
	cases: Record<string, CaseHeading>;
}

export interface Heading {
	/** «BR 71/26», when one has been given. */
	number: string | null;
	title: string;
	about: CaseHeading | null;
	/** A case that this person may not see: a place and a length, nothing else. */
	sealed: boolean;
}

/**
 * What an item is called here: the live agenda's own title, or of a case item what the database
 * lets this person see.
 */
export function headingOf(item: AgendaItem, headings: Headings): Heading {
	if (item.open)
		return {
			number: headings.numbers[item.id] ?? null,
			title: item.open.title,
			about: null,
			sealed: false
		};
	const about = headings.cases[item.id] ?? null;
	return {
		number: about?.number ?? null,
		title: about?.title ?? m.agenda_sealed(),
		about,
		sealed: about === null
	};
}

/** An action that is being made at an item. */
export interface Making {
	/** What it begins with. */
	text: string;
	/** The decision that it follows from. */
	decision: { id: string; code: string } | null;
	/** It was left in the middle, and the form is here again. */
	isBack?: boolean;
}
