import { expect, test } from 'vitest';
import { languages } from '#lib/domain/language.ts';
import type { ActionView } from '#lib/server/action/rows.ts';
import * as clock from '#lib/server/platform/clock.ts';
import type { RulingView } from '#lib/server/ruling/rows.ts';
import * as words from './words.ts';

clock.set(Date.parse('2026-11-23T08:00:00Z'));

const action = (status: string, overdue = false) => ({ status, overdue }) as ActionView;
const ruling = (more: Partial<RulingView>) =>
	({
		code: 'V-1',
		waited: null,
		stance: null,
		standing: 'final',
		reason: '',
		...more
	}) as RulingView;

test('a day is one, days are many', () => {
	expect([words.days(1, 'nn'), words.days(3, 'nn')]).toEqual(['1 dag', '3 dagar']);
	expect(words.days(3, 'en')).toBe('3 days');
});

test('of actions what was dropped is not waited for, and counts nowhere', () => {
	const all = [action('done'), action('open', true), action('dropped', true)];
	expect(words.countOf(all)).toEqual({ done: 1, all: 2, late: 1 });
	expect(words.ofActions([action('dropped')], 'nn')).toBeNull();
	expect(words.ofActions([], 'nn')).toBeNull();
});

test('how far what followed has come is told, and by its tone too', () => {
	const tone = (...all: ActionView[]) => words.ofActions(all, 'nn')!.tone;
	expect(tone(action('done'))).toBe('success');
	expect(tone(action('open'), action('done'))).toBe('neutral');
	expect(tone(action('open', true))).toBe('danger');
	expect(words.ofActions([action('done'), action('open')], 'nn')!.text).toContain('1 av 2');
});

test('a ruling tells its reason where it departs, and for how long it has waited', () => {
	const link = { label: 'V-1', href: '/rulings/V-1' };
	expect(words.ofRuling(ruling({ stance: 'follow', reason: 'fordi' }), 'nn')).toMatchObject({
		why: '',
		tone: 'success',
		link
	});
	expect(words.ofRuling(ruling({ stance: 'depart', reason: 'fordi' }), 'nn')).toMatchObject({
		why: 'fordi',
		tone: 'warning'
	});
	const waiting = words.ofRuling(ruling({ waited: 5 }), 'nn');
	expect(waiting).toMatchObject({ days: 5, tone: 'warning' });
	expect(waiting.text).toContain('5 dagar');
});

test('what hangs before the rulings is told with its days', () => {
	const told = words.ofBoard(
		[
			{ mark: 'unsent', since: '2026-11-20' },
			{ mark: 'going', since: null }
		] as Parameters<typeof words.ofBoard>[0],
		'nn'
	);
	expect(told).toMatchObject([{ days: 3, tone: 'warning' }]);
});

test('all of it can stand in one line', () => {
	const line = words.inOneLine([
		words.ofRuling(ruling({ stance: 'depart', reason: 'fordi' }), 'nn'),
		words.ofActions([action('done')], 'nn')!
	]);
	expect(line).toMatch(/^V-1 .+: fordi; .+$/);
});

test('every mark, standing and stance has words in each language', () => {
	for (const language of languages) {
		expect(words.standingName('waiting', language)).not.toBe('');
		expect(words.stanceName('follow', language)).not.toBe('');
		expect(words.markName('unsent', language)).not.toBe('');
	}
	expect(words.stanceName('follow', 'en')).not.toBe(words.stanceName('follow', 'nn'));
});
