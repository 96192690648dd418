/* What the rows of the bench are drawn from. */

export interface Place {
	meeting: string;
	item: string;
	forum: { id: string; code: string };
	date: string;
}

/** Who and what the rows are drawn from. */
export interface Stock {
	persons: string[];
	units: string[];
	/** Cases with the item that each was recommended at. */
	cases: { case: string; place: Place }[];
}
