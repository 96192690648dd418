import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addItem,
	agendaItems,
	caseTextOf,
	readAgenda,
	textOf,
	titleOf
} from '#lib/domain/agenda.ts';
import { type Part, type SearchKind, searchKinds } from '#lib/domain/search.ts';
import * as actions from '#lib/server/action/actions.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as search from './search.ts';

beforeEach(openDemo);

const plain = (parts: Part[]) => parts.map(({ text }) => text).join('');

/** What somebody finds, as lines «kind: code title snippet». */
function found(who: string, text: string, only: SearchKind | null = null): string[] {
	return search
		.ask(actor(who), text, only)
		.flatMap(({ kind, hits }) =>
			hits.map((hit) =>
				[`${kind}:`, plain(hit.code), plain(hit.title), plain(hit.snippet)]
					.filter(Boolean)
					.join(' ')
			)
		);
}

function write(item: string, text: string): void {
	rooms.transact({ kind: 'item', id: item }, null, (doc) =>
		caseTextOf(doc).push([paragraph(text)])
	);
}

function paragraph(text: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
}

/** An ordinary item of a board meeting with minutes; returns its id. */
function ordinary(title: string, text: string, meeting = boardMeeting('22/26')): string {
	const id = crypto.randomUUID();
	rooms.transact({ kind: 'agenda', id: meeting }, null, (doc) => {
		addItem(doc, { id, title, kind: 'discussion', minutes: 5 });
		textOf(doc, id)!.push([paragraph(text)]);
	});
	return id;
}

function decide(text: string, item: string, caseId: string | null): void {
	const now = clock.now();
	sqlite()
		.prepare(
			`INSERT INTO decision (id, code, meeting, item, case_id, text, reasons, minority, statement, person, at)
				VALUES (?, 'BR-A1/26', ?, ?, ?, ?, 'Fordi det hastar.', '', '', ?, ?)`
		)
		.run(crypto.randomUUID(), boardMeeting('22/26'), item, caseId, text, person('P03').id, now);
}

const caseIdOf = (code: string) =>
	sqlite().prepare('SELECT id FROM case_card WHERE code = ?').pluck().get(code) as string;
const everything = JSON.stringify;

describe('who finds what', () => {
	test('a member of the council finds case items with heading, code and number', () => {
		expect(found('P05', 'S-K6YJ')).toEqual(
			expect.arrayContaining([
				'item: BR 66/26 S-K6YJ Utskriving, treng tilgjengeleg bustad',
				'action: O-15 Finne tilgjengeleg bustad til S-K6YJ: spør om B-101 kan tilpassast'
			])
		);
		expect(found('P05', 'BR 66/26', 'item')).toEqual([
			'item: BR 66/26 S-K6YJ Utskriving, treng tilgjengeleg bustad'
		]);
		expect(found('P05', 'o-15')[0]).toMatch(/^action: O-15 /);
	});

	test('one search finds three different things for a member, a colleague and a guest', () => {
		const [member, colleague, guest] = ['P05', 'P12', 'P20'].map((who) => found(who, 'bustad'));
		expect(member).toContainEqual(expect.stringContaining('S-K6YJ'));
		expect(colleague).toContainEqual('item: Bustadmassen: kjøp, sal, utbetring');
		expect(colleague).toContainEqual('task: Tilpassing av bustad');
		expect(colleague).toContainEqual(expect.stringContaining('person: Solveig Testvik'));
		expect(guest!.length).toBeGreaterThan(0);
		for (const line of guest!) expect(line).toMatch(/^(item|minutes): /);
		const places = search
			.ask(actor('P20'), 'bustad')
			.flatMap(({ hits }) => hits.map((hit) => hit.place));
		for (const place of places) expect(place).toMatch(/^Bustadsosialt forum /);
		for (const lines of [colleague, guest]) expect(lines!.join()).not.toMatch(/S-[2-9B-Z]{4}/);
	});

	test('nothing about a case reaches those outside it, however they ask', () => {
		write(itemOf('S-K6YJ'), 'Kjøkkenet er for trongt for rullestolen.');
		decide('Tildele tilgjengeleg kulissebustad', itemOf('S-K6YJ'), caseIdOf('S-K6YJ'));
		const asked = [
			'S-K6YJ',
			'kjøkken',
			'rullestol',
			'BR 76/26',
			'utsett frå møte',
			'kulissebustad'
		];
		for (const text of asked) expect(found('P05', text), text).not.toEqual([]);
		for (const who of ['P12', 'P13', 'P14', 'P20', 'P22'])
			for (const text of asked) {
				const answer = everything(search.ask(actor(who), text));
				expect(answer, `${who}: ${text}`).not.toMatch(/S-K6YJ|rullestol|kulisse|BR 76/i);
			}
		expect(everything(search.ask(actor('P20'), 'S-K6YJ'))).toBe('[]');
	});

	test('who answers for an action about a case finds the action, but not by its case', () => {
		const code = actions.create(actor('P03'), {
			meeting: boardMeeting('22/26'),
			item: itemOf('S-K6YJ'),
			what: 'Måle dørene',
			responsible: `person:${person('P12').id}`,
			due: '2026-12-07',
			case: null
		});
		expect(found('P12', 'måle dør')).toEqual([`action: ${code} Måle dørene`]);
		expect(found('P12', 'S-K6YJ')).toEqual([]);
		expect(found('P05', 'måle S-K6YJ')).toEqual([`action: ${code} S-K6YJ Måle dørene`]);
	});

	test('people and tasks are for those who may read the directory', () => {
		expect(found('P14', 'Testvik')).toEqual([
			'person: Solveig Testvik Einingsleiar bustadkontoret'
		]);
		for (const text of ['Testvik', 'Eksempelås', 'Tilpassing av bustad'])
			expect(found('P20', text).filter((line) => /^(person|task)/.test(line))).toEqual([]);
	});

	test('rights are those of the moment: who leaves the council finds no more of it', () => {
		expect(found('P05', 'BR 66/26')).not.toEqual([]);
		forums.removeMember(actor('P03'), forumId('BR'), person('P05').id);
		expect(found('P05', 'BR 66/26')).toEqual([]);
	});

	test('a deputy who is called to one item finds that case and no other', () => {
		const item = itemOf('S-K6YJ');
		sqlite()
			.prepare(
				'INSERT INTO deputy_call (id, meeting, item, deputy, by_person, at) VALUES (?, ?, ?, ?, ?, 0)'
			)
			.run(crypto.randomUUID(), boardMeeting('22/26'), item, person('P13').id, person('P03').id);
		expect(found('P13', 'BR 76/26', 'item')).toEqual([
			'item: BR 76/26 S-K6YJ Utsett frå møte 20/26'
		]);
		expect(found('P13', 'BR 77/26', 'item')).toEqual([]);
		expect(found('P13', 'BR 66/26', 'item')).toEqual([]);
	});

	test('an item that ceases to be anybody’s is nobody’s: counts and «more» tell of nothing hidden', () => {
		for (let number = 0; number < 30; number++) write(itemOf('S-N9CL'), `Fjordutsikt ${number}.`);
		for (let number = 0; number < 9; number++) ordinary(`Fjordutsikt ${number}`, 'Ja.');
		expect(search.ask(actor('P12'), 'fjordutsikt')).toEqual([]);
		const [items] = search.ask(actor('P05'), 'fjordutsikt');
		expect([items!.hits.length, items!.more]).toEqual([8, true]);
		const alone = search.ask(actor('P05'), 'fjordutsikt', 'item');
		expect(alone.map(({ hits, more }) => [hits.length, more])).toEqual([[9, false]]);
	});
});

test('an item that stands on every agenda is shown once beside others, and every time alone', () => {
	const asked = 'ledige bustader under utbetring';
	const [together] = search.ask(actor('P05'), asked);
	expect([together!.kind, together!.hits.length, together!.more]).toEqual(['item', 1, true]);
	expect(search.ask(actor('P05'), asked, 'item')[0]!.hits.length).toBeGreaterThan(3);
});

describe('the index keeps in step', () => {
	test('with minutes of ordinary items and of case items, as they are written', () => {
		const id = ordinary('Nybygg', 'Hovudentreprenøren er vald.');
		expect(found('P05', 'hovudentreprenør')).toEqual([
			'minutes: Nybygg Hovudentreprenøren er vald.'
		]);
		rooms.transact({ kind: 'agenda', id: boardMeeting('22/26') }, null, (doc) => {
			textOf(doc, id)!.delete(0, 1);
			textOf(doc, id)!.push([paragraph('Anbodet er avlyst.')]);
		});
		expect(found('P05', 'hovudentreprenør')).toEqual([]);
		expect(found('P05', 'avlyst')).toEqual(['minutes: Nybygg Anbodet er avlyst.']);
		write(itemOf('S-K6YJ'), 'Takheis manglar.');
		expect(found('P05', 'takheis')).toEqual([
			'minutes: BR 76/26 S-K6YJ Utsett frå møte 20/26 Takheis manglar.'
		]);
		expect(found('P05', 'takheis S-K6YJ')).toHaveLength(1);
	});

	test('with titles, numbers, names and whatever else the tables say', () => {
		const id = ordinary('Nybygg', 'Vedteke.');
		rooms.transact({ kind: 'agenda', id: boardMeeting('22/26') }, null, (doc) =>
			titleOf(doc, id)!.insert(0, 'Kulisse')
		);
		expect(found('P05', 'nybygg')).toEqual([]);
		expect(found('P05', 'kulissenybygg', 'item')).toEqual(['item: KulisseNybygg']);
		expect(found('P05', 'vedteke kulissenybygg')).toEqual(['minutes: KulisseNybygg Vedteke.']);
		const run = (statement: string, ...values: unknown[]) =>
			sqlite()
				.prepare(statement)
				.run(...values);
		run('UPDATE person SET name = ? WHERE code = ?', 'Solveig Nynamn', 'P03');
		run('UPDATE matrix_task SET title = ? WHERE title = ?', 'Branntilsyn', 'Nabodialog');
		run('UPDATE action SET what = ? WHERE code = ?', 'Kjøpe ny komfyr', 'O-24');
		decide('Rådet tilrår heis', id, null);
		expect(found('P05', 'Testvik')).toEqual([]);
		expect(found('P05', 'nynamn')).toHaveLength(1);
		expect(found('P05', 'branntilsyn')).toEqual(['task: Branntilsyn']);
		expect(found('P05', 'komfyr')).toEqual(['action: O-24 Kjøpe ny komfyr']);
		expect(found('P05', 'heis hastar')).toEqual([
			'decision: BR-A1/26 Rådet tilrår heis Fordi det hastar.'
		]);
		run('DELETE FROM decision');
		expect(found('P05', 'heis hastar')).toEqual([]);
	});

	test('with what is removed, and with what comes back', () => {
		const id = ordinary('Framlegg om hundehald', 'Utsett.');
		const remove = (removed: boolean) =>
			rooms.transact({ kind: 'agenda', id: boardMeeting('22/26') }, null, (doc) =>
				agendaItems(doc).get(id)!.set('removed', removed)
			);
		remove(true);
		expect(found('P05', 'hundehald')).toEqual([]);
		expect(found('P05', 'hundehald utsett')).toEqual([]);
		remove(false);
		expect(found('P05', 'hundehald')).toHaveLength(1);
		expect(found('P05', 'hundehald utsett')).toHaveLength(1);
	});

	test('with what is rolled back: it has never been', () => {
		expect(() =>
			transaction(() => {
				write(itemOf('S-K6YJ'), 'Dampbad.');
				expect(found('P05', 'dampbad')).toHaveLength(1);
				throw new Error('nei');
			})
		).toThrow('nei');
		expect(found('P05', 'dampbad')).toEqual([]);
	});

	test('a document says nothing of items that are not its own', () => {
		const own = ordinary('Eige punkt', 'Sant.');
		const other = forums.meetings(actor('P03'), forums.findByCode('BR')!)[0]!.id;
		expect(other).not.toBe(boardMeeting('22/26'));
		for (const id of [own, itemOf('S-K6YJ')])
			rooms.transact({ kind: 'agenda', id: other }, null, (doc) => {
				addItem(doc, { id, title: 'Stole', kind: 'discussion', minutes: 5 });
				textOf(doc, id)!.push([paragraph('Løgnaktig.')]);
			});
		expect(found('P05', 'løgnaktig')).toEqual([]);
		expect(found('P05', 'eige punkt sant')).toHaveLength(1);
	});

	test('a keystroke that changes no words leaves the index alone', () => {
		const id = ordinary('Nybygg', 'Tekst.');
		search.ask(actor('P05'), 'tekst');
		const stale = () =>
			sqlite().prepare('SELECT count(*) FROM search_entry WHERE stale = 1').pluck().get();
		rooms.transact({ kind: 'agenda', id: boardMeeting('22/26') }, null, (doc) =>
			agendaItems(doc).get(id)!.set('minutes', 15)
		);
		expect(stale()).toBe(0);
	});

	test('made anew, it holds the same', () => {
		ordinary('Nybygg', 'Hovudentreprenøren er vald.');
		const asked = ['bustad', 'hovudentreprenør', 'S-K6YJ', 'samrøystes', 'Testvik', 'inhabil'];
		const before = asked.map((text) => found('P05', text).sort());
		sqlite().exec('DELETE FROM search_entry');
		expect(found('P05', 'bustad')).toEqual([]);
		upkeep.prepare();
		expect(asked.map((text) => found('P05', text).sort())).toEqual(before);
	});

	test('what is erased is gone from the index too', () => {
		const id = ordinary('Nybygg', 'Zyxwvut skal gløymast.');
		const hidden = () =>
			(sqlite().prepare('SELECT block FROM search_data').pluck().all() as Buffer[]).some((block) =>
				block.includes('zyxwvut')
			);
		expect(found('P05', 'zyxwvut')).toHaveLength(1);
		expect(hidden()).toBe(true);
		rooms.transact({ kind: 'agenda', id: boardMeeting('22/26') }, null, (doc) =>
			textOf(doc, id)!.delete(0, 1)
		);
		upkeep.purge();
		expect(hidden()).toBe(false);
		expect(
			sqlite()
				.prepare(`SELECT count(*) FROM search_entry WHERE text LIKE '%zyxwvut%'`)
				.pluck()
				.get()
		).toBe(0);
	});
});

describe('what somebody types', () => {
	test.each([
		'"',
		'""',
		"'",
		'*',
		'bustad*',
		'bustad "',
		'(bustad',
		'bustad)',
		'NEAR(a b)',
		'a AND',
		'OR OR',
		'NOT bustad',
		'title:bustad',
		'{title text}:bustad',
		'^bustad',
		'bustad + leige',
		'-bustad',
		'a-b-c',
		'; DROP TABLE person; --',
		'%',
		'_',
		'\\',
		'\u0000bustad',
		'bustad\u0000',
		'😀 bustad',
		'<script>',
		'ﬁ',
		'ß İ',
		'\u0301',
		'٣٤',
		'漢字',
		'e\u0301'.repeat(30),
		'"'.repeat(60),
		'a b c d e f g h i j k l'
	])('never breaks the search: %j', (text) => {
		for (const only of [null, ...searchKinds]) expect(() => found('P05', text, only)).not.toThrow();
	});

	test('in bokmål finds what is written in nynorsk', () => {
		expect(found('P05', 'midlertidig botilbud')).toEqual(found('P05', 'mellombels butilbod'));
		expect(found('P05', 'tilpasning av bolig', 'task')).toEqual(['task: Tilpassing av bustad']);
		expect(found('P05', 'leiekontrakter', 'item')).toContainEqual(
			expect.stringContaining('Leigekontraktar som går ut')
		);
	});

	test('the very word comes before what says the same', () => {
		ordinary('Bolig', 'Ja.');
		ordinary('Bustad', 'Ja.');
		const titles = (asked: string) =>
			search.ask(actor('P05'), asked, 'item')[0]!.hits.map((hit) => plain(hit.title));
		const ours = (asked: string) => titles(asked).filter((one) => /^(Bolig|Bustad)$/.test(one));
		expect(ours('bolig')).toEqual(['Bolig', 'Bustad']);
		expect(ours('bustad')).toEqual(['Bustad', 'Bolig']);
		expect(titles('bolig')[0]).toBe('Bolig');
	});

	test('a code comes before whatever else speaks of it', () => {
		const [first] = search.ask(actor('P05'), 'O-15');
		expect(first!.hits[0]!.code).toEqual([{ text: 'O-15', hit: true }]);
		expect(first!.hits[0]!.href).toBe('/actions/O-15');
	});
});

test('the programme of the day is found by its speakers', () => {
	expect(found('P20', 'startlån', 'item').length).toBeGreaterThan(0);
	const day = forums
		.meetings(actor('P09'), forums.findByCode('BSF')!)
		.find(({ number }) => number === '2/26')!;
	const items = rooms.read({ kind: 'agenda', id: day.id }, readAgenda);
	expect(found('P20', items[0]!.open!.title, 'item')).toContainEqual(
		`item: ${items[0]!.open!.title}`
	);
});

test('5,000 actions about cases: a search is answered in a reasonable time', async ({
	annotate
}) => {
	const meeting = boardMeeting('22/26');
	const caseId = caseIdOf('S-K6YJ');
	const words = ['bustad', 'leige', 'rampe', 'flytting', 'vedtak', 'møte', 'søknad', 'brev'];
	const insert = sqlite().prepare(
		`INSERT INTO action (id, code, what, person, due, status, meeting, case_id, created_at)
			VALUES (?, ?, ?, ?, '2026-12-01', 'open', ?, ?, 0)`
	);
	transaction(() => {
		for (let number = 100; number < 5100; number++) {
			const what = `Ringje om ${words[number % 8]} og ${words[(number * 7) % 5]} nummer ${number}`;
			const about = number % 2 ? caseId : null;
			insert.run(crypto.randomUUID(), `O-${number}`, what, person('P07').id, meeting, about);
		}
	});
	const times: Record<string, number> = {};
	const time = (name: string, work: () => void) => {
		const start = performance.now();
		work();
		times[name] = Math.round((performance.now() - start) * 10) / 10;
	};
	time('putting 5,000 in order', () => upkeep.refresh());
	for (const who of ['P05', 'P12', 'P20'])
		for (const text of ['ringje', 'bustad leige', 'O-4711', 'finst ikkje'])
			time(`${who}: ${text}`, () => search.ask(actor(who), text));
	time('P05: ringje, alone', () => search.ask(actor('P05'), 'ringje', 'action'));
	await annotate(`milliseconds: ${JSON.stringify(times)}`);
	expect(found('P05', 'ringje', 'action')).toHaveLength(50);
	expect(found('P12', 'ringje')).toEqual([]);
	expect(found('P05', 'O-4711')).toHaveLength(1);
});
