/*
 * A responsibility matrix: tasks down, units across. R does it, A answers for it (exactly one in
 * each row), C is asked, I is told. Letters and rules after the demo municipality's matrix
 * (demo.md §9); the letters are those of RACI. Units and tasks are ids here: what they are called
 * is data.
 */
export const letters = ['R', 'A', 'C', 'I'] as const;
export type Letter = (typeof letters)[number];

export interface Cell {
	unit: string;
	/** A/R is both. */
	letters: readonly Letter[];
}

export interface Row {
	task: string;
	cells: readonly Cell[];
}

/** Whether a row is about one applicant's case, or about many: lists, figures, plans. */
export const taskScopes = ['case', 'many'] as const;
export type TaskScope = (typeof taskScopes)[number];

/** What a row means to the rules; null where nobody has said it, and no rule rests on it. */
export interface TaskMeaning {
	about: TaskScope | null;
	/** The board's recommendation is made in it. */
	recommends: boolean | null;
}

/**
 * What the rules must know beside the letters: which of a municipality's own rows and units they
 * speak of.
 */
export interface Setting {
	/** Units where somebody makes rulings. */
	rulers: ReadonlySet<string>;
	/** The party that the cases are about; null when the matrix has no such column. */
	applicant: string | null;
	/** The rows in which the board's recommendation is made. */
	recommending: ReadonlySet<string>;
	/** The rows that are about the applicant's own case. */
	aboutCase: ReadonlySet<string>;
}

/** A rule that a row breaks, with the units that break it. */
export type Violation =
	| { rule: 'no_accountable' }
	| { rule: 'several_accountable'; units: string[] }
	| { rule: 'nobody_does' }
	| { rule: 'accountable_and_asked'; unit: string }
	| { rule: 'ruler_recommends'; unit: string }
	| { rule: 'applicant_left_out'; unit: string };

/** A unit that answers for too much: `rows` of `of`. A warning, not a fault. */
export interface Overload {
	unit: string;
	rows: number;
	of: number;
}

/** Above this share of the rows, one unit that holds A gives a warning (demo.md §9). */
export const mostAccountable = 0.4;

/**
 * What the rules must know, from what is said of the rows, of the applicant and of the decision
 * maker.
 */
export function settingOf(
	rows: readonly (TaskMeaning & { task: string })[],
	applicant: string | null,
	rulers: ReadonlySet<string>
): Setting {
	const named = (holds: (row: TaskMeaning) => boolean) =>
		new Set(rows.filter(holds).map((row) => row.task));
	return {
		rulers,
		applicant,
		recommending: named(({ recommends }) => recommends === true),
		aboutCase: named(({ about }) => about === 'case')
	};
}

/**
 * Letters of a cell as stored, in the order of RACI and each once. What is no letter is left out.
 */
export function readLetters(stored: string): Letter[] {
	return letters.filter((letter) => stored.includes(letter));
}

/** As a cell is stored: 'RA'. */
export function storeLetters(cell: readonly Letter[]): string {
	return letters.filter((letter) => cell.includes(letter)).join('');
}

const shown: readonly Letter[] = ['A', 'R', 'C', 'I'];

/** As a cell is written in a matrix: 'A/R'. */
export function writeLetters(cell: readonly Letter[]): string {
	return shown.filter((letter) => cell.includes(letter)).join('/');
}

/** The units that hold a letter in a row, in the row's order. */
export function holders(row: Pick<Row, 'cells'>, letter: Letter): string[] {
	return row.cells.filter((cell) => cell.letters.includes(letter)).map((cell) => cell.unit);
}

/**
 * Every rule of demo.md §9 that a row breaks: exactly one A · at least one R, where A/R counts ·
 * no unit with both A and C · the one the decision maker never R on the recommendation (two pairs
 * of eyes) · the applicant never without C, R or I where the row is about the applicant's case.
 */
export function violations(row: Row, setting: Setting): Violation[] {
	return [
		...accountability(row),
		...(holders(row, 'R').length === 0 ? [{ rule: 'nobody_does' } as const] : []),
		...row.cells
			.filter((cell) => cell.letters.includes('A') && cell.letters.includes('C'))
			.map(({ unit }) => ({ rule: 'accountable_and_asked', unit }) as const),
		...rulersOn(row, setting).map((unit) => ({ rule: 'ruler_recommends', unit }) as const),
		...applicantOn(row, setting)
	];
}

function accountability(row: Row): Violation[] {
	const units = holders(row, 'A');
	if (units.length === 0) return [{ rule: 'no_accountable' }];
	return units.length > 1 ? [{ rule: 'several_accountable', units }] : [];
}

function rulersOn(row: Row, { rulers, recommending }: Setting): string[] {
	return recommending.has(row.task) ? holders(row, 'R').filter((unit) => rulers.has(unit)) : [];
}

function applicantOn(row: Row, { applicant, aboutCase }: Setting): Violation[] {
	if (applicant === null || !aboutCase.has(row.task)) return [];
	const held = row.cells.find((cell) => cell.unit === applicant)?.letters ?? [];
	const takesPart = held.some((letter) => letter !== 'A');
	return takesPart ? [] : [{ rule: 'applicant_left_out', unit: applicant }];
}

/** The units that hold A in more than 40 % of the rows (demo.md §9), the most burdened first. */
export function overloads(rows: readonly Row[]): Overload[] {
	const count = new Map<string, number>();
	for (const row of rows)
		for (const unit of holders(row, 'A')) count.set(unit, (count.get(unit) ?? 0) + 1);
	return [...count]
		.filter(([, held]) => held > mostAccountable * rows.length)
		.map(([unit, held]) => ({ unit, rows: held, of: rows.length }))
		.sort((one, other) => other.rows - one.rows);
}
