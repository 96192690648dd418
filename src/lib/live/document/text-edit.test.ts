import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyEdit, diff, limit, mapOffset, rebase } from './text-edit.ts';

const apply = (text: string, edit: ReturnType<typeof diff>) =>
	edit ? text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.remove) : text;

test('equal texts need no edit', () => {
	expect(diff('møte', 'møte')).toBeNull();
});

test('a letter in the middle is one insertion', () => {
	expect(diff('mte', 'møte', 2)).toEqual({ at: 1, remove: 0, insert: 'ø' });
});

test('the caret tells which of several equal letters is new', () => {
	expect(diff('aaa', 'aaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' });
	expect(diff('aaa', 'aaaa', 4)).toEqual({ at: 3, remove: 0, insert: 'a' });
	expect(diff('aaa', 'aa', 0)).toEqual({ at: 0, remove: 1, insert: '' });
});

test('a text set by script without a caret is still one small replacement', () => {
	expect(diff('Opning og oppmøte', 'Opning, oppmøte')).toEqual({ at: 6, remove: 3, insert: ',' });
});

test('a surrogate pair is never cut, though its half is equal', () => {
	expect(diff('a😀b', 'a😁b')).toEqual({ at: 1, remove: 2, insert: '😁' });
	// Equal low half, different high half.
	expect(diff('a\u{1F600}b', 'a\u{1FA00}b')).toEqual({ at: 1, remove: 2, insert: '\u{1FA00}' });
	const text = new Y.Doc().getText('t');
	text.insert(0, 'a😀b');
	applyEdit(text, diff('a😀b', 'a😁b'), null);
	expect(text.toString()).toBe('a😁b');
});

test('every pair of short texts is bridged, whatever the caret says', () => {
	const alphabet = ['a', 'b', '😀', '😁'];
	const texts = [''];
	for (let length = 0; length < 3; length++) {
		for (const text of [...texts]) for (const letter of alphabet) texts.push(text + letter);
	}
	for (const before of texts) {
		for (const after of texts) {
			for (let caret = 0; caret <= after.length; caret++) {
				if (apply(before, diff(before, after, caret)) !== after) {
					expect.fail(`${before} → ${after} at ${caret}`);
				}
			}
		}
	}
});

test('what is too long is cut, and not inside a surrogate pair', () => {
	expect(limit({ at: 3, remove: 0, insert: 'def' }, 3, 5)).toEqual({
		at: 3,
		remove: 0,
		insert: 'de'
	});
	expect(limit({ at: 0, remove: 0, insert: 'a😀' }, 3, 5)).toEqual({
		at: 0,
		remove: 0,
		insert: 'a'
	});
	expect(limit({ at: 5, remove: 0, insert: 'x' }, 5, 5)).toBeNull();
	expect(limit({ at: 0, remove: 2, insert: 'xyz' }, 5, 5)).toEqual({
		at: 0,
		remove: 2,
		insert: 'xy'
	});
	expect(limit({ at: 0, remove: 2, insert: '' }, 9, 5)).toEqual({ at: 0, remove: 2, insert: '' });
});

test('an edit is moved by what was put in or taken away before it', () => {
	const edit = { at: 4, remove: 1, insert: 'x' };
	expect(rebase(edit, { at: 0, remove: 0, insert: 'ab' })).toEqual({ ...edit, at: 6 });
	expect(rebase(edit, { at: 1, remove: 2, insert: '' })).toEqual({ ...edit, at: 2 });
	expect(rebase(edit, { at: 7, remove: 2, insert: 'z' })).toEqual(edit);
});

test('what two people take away at once is taken away once, and what they put in stays', () => {
	expect(apply('Xdef', rebase({ at: 1, remove: 3, insert: 'Y' }, diff('abcdef', 'Xdef')))).toBe(
		'XYef'
	);
	expect(apply('abcX', rebase({ at: 2, remove: 2, insert: '' }, diff('abcdef', 'abcX')))).toBe(
		'abX'
	);
});

test('the caret follows the text it stood in', () => {
	expect(mapOffset(3, [{ insert: 'ab' }])).toBe(5);
	expect(mapOffset(3, [{ retain: 3 }, { insert: 'ab' }])).toBe(3);
	expect(mapOffset(3, [{ retain: 5 }, { insert: 'ab' }])).toBe(3);
	expect(mapOffset(3, [{ retain: 1 }, { delete: 1 }])).toBe(2);
	expect(mapOffset(3, [{ retain: 1 }, { delete: 9 }, { insert: 'xy' }])).toBe(1);
	expect(
		mapOffset(6, [{ retain: 1 }, { insert: 'xy' }, { delete: 2 }, { retain: 1 }, { delete: 1 }])
	).toBe(5);
});
