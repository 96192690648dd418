import {
	dwellingOf,
	type Finding,
	isShort,
	recommendationLimits,
	type Recommended
} from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';

/* What somebody gives of a recommendation, and whether it is whole. */

export interface RecommendationInput {
	outcome: Recommended;
	dwelling: string | null;
	months: number | null;
	shorter: string;
	reasons: string;
	wish: string;
	followUnit: string | null;
	followLevel: string | null;
	minority: string;
	/** Members who saw it otherwise. */
	dissenters: string[];
	criteria: { criterion: string; finding: Finding; reason: string | null; words: string }[];
	measures: string[];
	language: 'nn' | 'nb';
	/**
	 * Of one made between meetings the board's own words; when empty they are put together from the
	 * rest, as they are at an item.
	 */
	text: string;
	/** The version that the writer saw; null when there was none. */
	version: number | null;
}

/** Its texts, as they may be stored. Refuses text_too_long, identifier_in_text. */
export function readTexts(input: RecommendationInput) {
	const read = (field: 'shorter' | 'reasons' | 'wish' | 'minority' | 'text') =>
		readText(input[field], field, recommendationLimits[field]);
	return {
		shorter: read('shorter'),
		reasons: read('reasons'),
		wish: read('wish'),
		minority: read('minority'),
		text: read('text')
	};
}

/**
 * What each outcome asks for. Refuses missing_choice, missing_text, unknown_choice,
 * unknown_person, unknown_unit.
 */
export function assertWhole(input: RecommendationInput): void {
	optionLists.assertOn('recommended', input.outcome, 'outcome');
	const needed = dwellingOf(input.outcome);
	if (needed !== null) {
		if (input.dwelling === null) throw new Refusal('missing_choice', { field: 'dwelling' });
		if (!dwellings.find(input.dwelling)) throw new Refusal('unknown_choice', { field: 'dwelling' });
		if (input.months === null || input.months < 1 || input.months > 600)
			throw new Refusal('missing_choice', { field: 'months' });
		// Shorter than leases are, only for particular reasons, which must be said.
		if (isShort(input.months, procedure.count('lease_months')) && input.shorter.trim() === '')
			throw new Refusal('missing_text', { field: 'shorter' });
	}
	if (input.followUnit !== null) {
		units.assertKnown(input.followUnit, 'followUnit');
		if (input.followLevel === null) throw new Refusal('missing_choice', { field: 'followLevel' });
		optionLists.assertOn('follow_up', input.followLevel, 'followLevel');
	}
	if (input.dissenters.length > 0 && input.minority.trim() === '')
		throw new Refusal('missing_text', { field: 'minority' });
	for (const { criterion, reason } of input.criteria) {
		optionLists.assertOn('criterion', criterion, 'criteria');
		if (reason !== null) optionLists.assertOn('criterion_reason', reason, 'criteria');
	}
	for (const measure of input.measures) optionLists.assertOn('measure', measure, 'measures');
	for (const person of input.dissenters) people.assertInside(person, 'dissenters');
}
