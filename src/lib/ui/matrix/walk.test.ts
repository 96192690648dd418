import { expect, test } from 'vitest';
import { walk } from './walk.ts';

const size = { rows: 28, columns: 16 };
const from = { row: 5, column: 5 };

test.each([
	['ArrowUp', false, { row: 4, column: 5 }],
	['ArrowDown', false, { row: 6, column: 5 }],
	['ArrowLeft', false, { row: 5, column: 4 }],
	['ArrowRight', false, { row: 5, column: 6 }],
	['PageUp', false, { row: 0, column: 5 }],
	['PageDown', false, { row: 15, column: 5 }],
	['Home', false, { row: 5, column: 0 }],
	['End', false, { row: 5, column: 15 }],
	['Home', true, { row: 0, column: 0 }],
	['End', true, { row: 27, column: 15 }],
	['Enter', false, null],
	['ArrowDown', true, null]
])('%s (Ctrl: %s) leads there', (key, ctrl, to) => {
	expect(walk(from, key, ctrl, size)).toEqual(to);
});

test('the edges hold', () => {
	expect(walk({ row: 0, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: 0, column: 0 });
	expect(walk({ row: 27, column: 15 }, 'ArrowRight', false, size)).toEqual({ row: 27, column: 15 });
});
