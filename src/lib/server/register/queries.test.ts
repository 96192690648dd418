import { expect, test } from 'vitest';
import { actionQuery, decisionQuery, rulingQuery } from './queries.ts';

const address = (text: string) => new URLSearchParams(text);

test('an address that says nothing asks for what is usual', () => {
	expect(decisionQuery(address(''))).toEqual({
		forum: null,
		kind: null,
		period: null,
		outcome: null,
		became: 'any',
		q: '',
		page: 1
	});
	expect(actionQuery(address(''))).toEqual({
		scope: 'mine',
		status: 'open',
		forum: null,
		order: 'due',
		down: false,
		page: 1
	});
	expect(rulingQuery(address(''), 'waiting')).toEqual({
		status: 'waiting',
		track: null,
		period: null,
		q: '',
		page: 1
	});
});

test('what it says is asked for', () => {
	expect(
		decisionQuery(address('forum=BR&kind=decision&became=late&q=+rampe+&page=3'))
	).toMatchObject({ forum: 'BR', kind: 'decision', became: 'late', q: 'rampe', page: 3 });
	expect(actionQuery(address('scope=all&status=overdue&sort=-code'))).toMatchObject({
		scope: 'all',
		status: 'overdue',
		order: 'code',
		down: true
	});
	expect(rulingQuery(address('track=A'), 'waiting').track).toBe('A');
});

test('what makes no sense is not asked', () => {
	const nonsense = [
		'forum=',
		`forum=${'x'.repeat(21)}`,
		'kind=other',
		'period=26',
		'outcome=none',
		'became=none',
		`q=${'x'.repeat(201)}`,
		'page=0',
		'page=-1',
		'page=x',
		'page=1.5'
	];
	for (const text of nonsense)
		expect([text, decisionQuery(address(text))]).toEqual([text, decisionQuery(address(''))]);
	expect(actionQuery(address('scope=none&status=none&sort=none'))).toEqual(
		actionQuery(address(''))
	);
	expect(rulingQuery(address('status=none'), 'waiting').status).toBe('waiting');
});
