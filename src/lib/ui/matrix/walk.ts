export interface Place {
	row: number;
	column: number;
}

export interface Size {
	rows: number;
	columns: number;
}

/**
 * Where a key leads from a cell of a grid, null when it leads nowhere. After the grid pattern of
 * the WAI-ARIA Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/grid/): arrows by
 * one, Home and End within the row, with Ctrl to the first and last cell, PageUp and PageDown by
 * ten rows; the edges hold.
 */
export function walk(from: Place, key: string, ctrl: boolean, size: Size): Place | null {
	const { row, column } = from;
	const last = { row: size.rows - 1, column: size.columns - 1 };
	const to: Record<string, Place> = {
		ArrowUp: { row: row - 1, column },
		ArrowDown: { row: row + 1, column },
		ArrowLeft: { row, column: column - 1 },
		ArrowRight: { row, column: column + 1 },
		PageUp: { row: row - 10, column },
		PageDown: { row: row + 10, column },
		Home: { row: ctrl ? 0 : row, column: 0 },
		End: { row: ctrl ? last.row : row, column: last.column }
	};
	const found = to[key];
	if (!found || (ctrl && key !== 'Home' && key !== 'End')) return null;
	return { row: within(found.row, last.row), column: within(found.column, last.column) };
}

function within(value: number, last: number): number {
	return Math.min(Math.max(value, 0), last);
}
