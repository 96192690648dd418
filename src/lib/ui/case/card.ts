/** A case card as pages show it: coarse facts as plain words, from closed lists. */
export interface Card {
	id: string;
	code: string;
	status: { code: string; label: string };
	facts: string[];
	measures: string[];
	bedrooms: string;
	accessible: boolean;
	urgent: boolean;
	monthIn: string;
	unit: string;
}
