/* Figures of several runs, as a table shows them. */

/** One row: a measure, and what each run found, by column. A run that failed is missing. */
export interface Row {
	measure: string;
	columns: Record<string, number[]>;
	digits: number;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length === 0) return NaN;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** «2.1 (1.9–2.6)»: the median, and from the least to the most. */
export function shown(values: number[], digits: number): string {
	const known = values.filter((value) => Number.isFinite(value));
	if (known.length === 0) return '–';
	const format = (value: number) =>
		value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
	const [least, most] = [Math.min(...known), Math.max(...known)].map(format);
	const middle = format(median(known));
	return least === most ? middle : `${middle} (${least}–${most})`;
}

/**
 * The median of what each run found for one over what it found for the other: a noisy hour then
 * counts for both.
 */
export function ratio(ones: number[], others: number[]): number {
	return median(ones.map((one, run) => one / others[run]!).filter(Number.isFinite));
}

export function table(heads: string[], rows: string[][]): string {
	const lines = [heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
