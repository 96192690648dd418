/* What page and server both say of an erasure. Without Yjs, for what is loaded late. */

/** Why something is erased for good. */
export const erasingReasons = [
	'identifier',
	'sensitive',
	'third_party',
	'wrong_place',
	'requested'
] as const;
export type ErasingReason = (typeof erasingReasons)[number];

/**
 * In a passage, in the place of somebody or something mentioned: one unit, as the atom is in the
 * text.
 */
export const mentionMark = '\uFFFC';

/** A line of a text, with the places where a passage stands in it. */
export interface Hit {
	line: string;
	/** From and to, in UTF-16 units; sorted, and none within another. */
	places: [number, number][];
}
