import { beforeEach, expect, test } from 'vitest';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { ruler } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, openDemo } from '#lib/server/start/testing.ts';
import { since } from './since-last.ts';

beforeEach(openDemo);

const next = () => meetings.find(boardMeeting('22/26'))!;
const seen = (who = 'P03', held = next()) => since(actor(who), held, 'nn');
const codes = (who?: string) => seen(who).map(({ code }) => code);

test('what was sent back stands first, then what departs, then what waits, then the rest', () => {
	const all = codes();
	expect(all[0]).toBe('I-051');
	expect(all.indexOf('I-050')).toBeLessThan(all.indexOf('I-049'));
	expect(seen()[0]).toMatchObject({
		case: 'S-N9CL',
		number: 'BR 69/26',
		urgent: false,
		unsent: null,
		rulings: [{ code: 'V-100', status: 'sent_back' }],
		actions: { open: 1, late: 0, done: 0 }
	});
});

test('what came to rest before the meeting before is no news', () => {
	expect(codes()).not.toContain('I-041');
	expect(codes()).not.toContain('I-045');
});

test('what is ruled on meanwhile departs before it waits', () => {
	rulings.decide(ruler(), 'V-099', {
		stance: 'depart',
		result: 'granted',
		content: 'to år',
		reason: 'berre to år no',
		ruledOn: '2026-11-23',
		noticeOn: null
	});
	expect(codes().slice(0, 2)).toEqual(['I-051', 'I-050']);
});

test('is told to those only who may read it, and of a meeting to come that handles cases', () => {
	expect(seen('P11')).toEqual([]);
	expect(seen('P03', meetings.find(boardMeeting('21/26'))!)).toEqual([]);
	const strategic = meetings.coming(actor('P03'), 20).find((one) => !one.handlesCases)!;
	expect(seen('P03', strategic)).toEqual([]);
});
