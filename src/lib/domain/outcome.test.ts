import { describe, expect, test } from 'vitest';
import {
	fits,
	hangsSince,
	noFollowUp,
	ofDecision,
	ofRecommendation,
	type RecommendationFacts
} from './outcome.ts';

const today = '2026-11-23';
const recommended = (more: Partial<RecommendationFacts> = {}) =>
	ofRecommendation({
		adoptedOn: '2026-11-01',
		sent: true,
		putOff: false,
		state: 'to_ruling',
		latest: true,
		rulings: [],
		led: noFollowUp,
		...more
	});
type One = RecommendationFacts['rulings'][number];
const waiting: One = { status: 'waiting', stance: null, openedOn: '2026-11-03', on: null };
const back: One = { ...waiting, status: 'sent_back', stance: 'send_back', on: '2026-11-20' };
const departed: One = { ...waiting, status: 'ruled', stance: 'depart', on: '2026-11-10' };
const followed: One = { ...departed, stance: 'follow' };

describe('a recommendation', () => {
	test('hangs from its adoption until it is sent, and from then until it is ruled on', () => {
		expect(recommended({ sent: false, state: 'recommended' })).toEqual([
			{ mark: 'unsent', since: '2026-11-01' }
		]);
		expect(recommended({ rulings: [waiting] })).toEqual([{ mark: 'waiting', since: '2026-11-03' }]);
		const ruled = recommended({ state: 'ruled', rulings: [departed] });
		expect(ruled).toEqual([{ mark: 'departed', since: null }]);
		expect(hangsSince(ruled)).toBeNull();
	});

	test('tells of every track: one departed from, one that waits', () => {
		const told = recommended({
			rulings: [departed, waiting, { ...waiting, openedOn: '2026-11-02' }]
		});
		expect(told).toEqual([
			{ mark: 'waiting', since: '2026-11-02' },
			{ mark: 'departed', since: null }
		]);
		expect(fits(told, 'departed') && fits(told, 'waiting') && fits(told, 'hangs')).toBe(true);
		expect(fits(told, 'followed')).toBe(false);
	});

	test('that was sent back hangs until the council has dealt with the case again', () => {
		const since = (more: Partial<RecommendationFacts>) =>
			hangsSince(recommended({ rulings: [back], ...more }));
		expect(since({ state: 'sent_back' })).toBe('2026-11-20');
		expect(since({ state: 'to_council' })).toBe('2026-11-20');
		expect(since({ state: 'recommended', latest: false })).toBeNull();
		expect(since({ state: 'put_off', latest: false })).toBeNull();
		expect(fits(recommended({ rulings: [back], latest: false }), 'sent_back')).toBe(true);
	});

	test('that only put the case off hangs as long as the case waits', () => {
		const putOff = { putOff: true, sent: false } as const;
		expect(recommended({ ...putOff, state: 'put_off' })[0]?.since).toBe('2026-11-01');
		expect(recommended({ ...putOff, state: 'recommended', latest: false })).toEqual([
			{ mark: 'put_off', since: null }
		]);
	});

	test('waits for nobody once the case is withdrawn', () => {
		for (const more of [{ sent: false }, { rulings: [waiting] }])
			expect(recommended({ state: 'withdrawn', ...more })).toEqual([
				{ mark: 'withdrawn', since: null }
			]);
		expect(recommended({ state: 'withdrawn', rulings: [followed] })[0]?.mark).toBe('followed');
	});
});

describe('what came of it', () => {
	const of = (led: Partial<typeof noFollowUp>) =>
		ofDecision({ reviewOn: null, reviewed: false, led: { ...noFollowUp, ...led } }, today);

	test('is late when one action is, goes on while one is open, and is over when none is', () => {
		expect(of({ open: 2, lateSince: '2026-11-13' })).toEqual([
			{ mark: 'late', since: '2026-11-13' }
		]);
		expect(of({ open: 1 })).toEqual([{ mark: 'going', since: null }]);
		expect(of({})).toEqual([]);
	});

	test('a decision is to be looked at again from its date until an agenda has had it', () => {
		const at = (reviewOn: string, reviewed = false) =>
			ofDecision({ reviewOn, reviewed, led: noFollowUp }, today);
		expect(at('2026-11-24')).toEqual([{ mark: 'coming', since: null }]);
		expect(at('2026-11-23')).toEqual([{ mark: 'review', since: '2026-11-23' }]);
		expect(at('2026-11-23', true)).toEqual([]);
	});
});
