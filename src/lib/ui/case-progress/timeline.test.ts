import { expect, test } from 'vitest';
import { type Appearance, type Step, timelineOf } from './timeline.ts';

const at = (text: string) => Date.parse(text);
const step = (verb: string, moment: string): Step => ({
	at: at(moment),
	person: 'Solveig',
	verb,
	reason: null
});
const on = (number: string, date: string): Appearance => ({
	number,
	title: 'Byte',
	forumCode: 'BR',
	meetingNumber: '21/26',
	date,
	href: null
});

test('the way is one line: an agenda stands before what was said there, one to come stands last', () => {
	const way = timelineOf(
		[
			step('register', '2026-10-10T09:00:00Z'),
			step('recommend', '2026-11-17T08:20:00Z'),
			step('send_back', '2026-11-20T09:00:00Z')
		],
		[on('BR 77/26', '2026-12-01'), on('BR 69/26', '2026-11-17')],
		[],
		[]
	);
	expect(way.map((one) => (one.kind === 'step' ? one.step.verb : one.on.number))).toEqual([
		'register',
		'BR 69/26',
		'recommend',
		'send_back',
		'BR 77/26'
	]);
});

test('a step links to the recommendation that it adopted or sent, and to the ruling that it was', () => {
	const moment = '2026-11-17T08:20:00Z';
	const way = timelineOf(
		[
			step('recommend', moment),
			step('send', '2026-11-18T09:00:00Z'),
			step('rule', '2026-11-20T09:00:00Z')
		],
		[],
		[
			{
				code: 'I-051',
				adopted: { at: at(moment) + 3, by: 'Solveig', present: [], sha256: '' },
				sentAt: at('2026-11-18T09:00:00Z') + 2
			},
			{ code: 'I-053', adopted: null, sentAt: null }
		],
		[
			{ code: 'V-100', at: at('2026-11-20T09:00:00Z') - 1 },
			{ code: 'V-102', at: null }
		]
	);
	expect(way.map((one) => one.kind === 'step' && one.links.map(({ label }) => label))).toEqual([
		['I-051'],
		['I-051'],
		['V-100']
	]);
});
