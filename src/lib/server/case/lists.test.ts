import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import * as cases from './cases.ts';
import * as caseLists from './lists.ts';

beforeEach(openDemo);

const together = (who: string) => caseLists.byStatus(actor(who), { status: null, page: 1 }, 'nn');

test('every card that one may see is in the group of its status, and none that one may not', () => {
	for (const who of ['P03', 'P05', 'P08']) {
		const shown = together(who).flatMap(({ cards }) => cards.map(({ code }) => code));
		const all = cases.visibleTo(actor(who), 'nn').map(({ code }) => code);
		expect(shown.sort(), who).toEqual(all.sort());
	}
	expect(JSON.stringify(together('P08'))).not.toContain('S-V8RC');
	expect(together('P12')).toEqual([]);
});

test('of many with the same status the first are shown, and the others page by page', () => {
	const copy = sqlite().prepare(
		`INSERT INTO case_card SELECT ?, ?, forum, household, age, situation, bedrooms, accessible, follow_up, month_in, urgent,
			status, unit FROM case_card WHERE code = 'S-K6YJ'`
	);
	for (let index = 0; index < 120; index++) copy.run(`c${index}`, `S-${1000 + index}`);
	const { status } = cases.read(actor('P03'), 'S-K6YJ');
	const group = together('P03').find((one) => one.status.code === status)!;
	expect(group.cards).toHaveLength(caseLists.shown.together);
	const pages = [1, 2].map((page) => caseLists.byStatus(actor('P03'), { status, page }, 'nn')[0]!);
	expect(pages[0]!.cards).toHaveLength(caseLists.shown.alone);
	expect(pages.flatMap(({ cards }) => cards)).toHaveLength(group.total);
});

test('what is closed or withdrawn is not offered to be put on an agenda', () => {
	const codes = caseLists.underWay(actor('P03'), 'nn').map(({ code }) => code);
	expect(codes).toContain('S-K6YJ');
	const closed = sqlite()
		.prepare(
			"SELECT code FROM case_card JOIN course ON case_id = id WHERE state IN ('closed', 'withdrawn')"
		)
		.pluck()
		.all();
	expect(closed).not.toEqual([]);
	for (const code of closed) expect(codes).not.toContain(code);
});
