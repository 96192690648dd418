import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { openBoard, placeOf } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo } from '#lib/server/start/testing.ts';
import { caseHandlingOf, lists, recommend } from './cases.ts';

beforeEach(openDemo);

const next = () => meetings.find(boardMeeting('22/26'))!;

test('a meeting that handles no cases shows none of the way', () => {
	const strategic = meetings.coming(actor('P03'), 20).find((one) => !one.handlesCases)!;
	expect(caseHandlingOf(actor('P03'), strategic, 'nn')).toBeNull();
});

test('who has a part in it sees the way; who has none gets nothing of it', () => {
	const shown = caseHandlingOf(actor('P03'), next(), 'nn')!;
	expect(shown.since.length).toBeGreaterThan(0);
	expect(shown.lists!.dwellings.map(({ code }) => code)).toContain('B-103');
	const other = caseHandlingOf(actor('P11'), next(), 'nn')!;
	expect(other).toMatchObject({ recommendations: [], questions: [], since: [], queue: [] });
	expect(other.lists).toBeNull();
});

test('what a recommendation is put together from is in the reader’s language', () => {
	const of = (language: 'nn' | 'en') => lists(actor('P03'), forumId('BR'), language)!;
	expect(of('en').outcomes.map(({ code }) => code)).toEqual(
		of('nn').outcomes.map(({ code }) => code)
	);
	expect(of('en').outcomes[0]!.label).not.toBe(of('nn').outcomes[0]!.label);
	expect(of('nn')).toMatchObject({ leaseMonths: 36, language: 'nn' });
	expect(lists(actor('P11'), forumId('BR'), 'nn')).toBeNull();
});

/** Sends the form of a recommendation as a browser does. */
function send(fields: Record<string, string>, who = 'P04') {
	const body = new URLSearchParams({
		item: placeOf('S-G5MQ').id,
		outcome: 'refuse',
		language: 'nn',
		...fields
	});
	const request = new Request('http://samrad.test/', { method: 'POST', body });
	const locals = { actor: actor(who) } as App.Locals;
	const place = (item: string) => ({ meeting: next().id, id: item });
	const url = new URL(request.url);
	return recommend(place)({ request, locals, params: {}, url });
}

test('a criterion is among them when something was found about it', async () => {
	openBoard();
	expect(
		await send({ 'finding-adult': 'met', 'words-adult': 'er 40 år', 'finding-cannot': '' })
	).toMatchObject({ saved: expect.any(String) });
	const found = sqlite().prepare(
		'SELECT criterion, finding, words FROM recommendation_criterion c JOIN recommendation r ON r.id = c.recommendation WHERE r.item = ?'
	);
	expect(found.raw().all(placeOf('S-G5MQ').id)).toEqual([['adult', 'met', 'er 40 år']]);
});

test('one that makes no sense is refused at its field', async () => {
	openBoard();
	const refused = (field: string) => ({ data: { refusal: { reason: 'bad_input', field } } });
	expect(await send({ 'finding-adult': 'perhaps' })).toMatchObject(refused('criteria'));
	expect(await send({ months: '-1' })).toMatchObject(refused('months'));
	expect(await send({ outcome: 'none' })).toMatchObject(refused('outcome'));
});
