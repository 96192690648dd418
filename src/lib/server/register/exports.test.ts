import { beforeEach, describe, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import * as actionRegister from '#lib/server/action/register.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import { chair, openBoard } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as register from './decision-register.ts';
import * as exports from './exports.ts';
import * as rulingRegister from './ruling-register.ts';

beforeEach(openDemo);

const all: register.RegisterQuery = {
	forum: null,
	kind: null,
	period: null,
	outcome: null,
	became: 'any',
	q: '',
	page: 1
};

/** The register of decisions as a file, for somebody. */
function decisionsOf(who: string, asked: Partial<register.RegisterQuery> = {}): Response {
	const rows = register.everything(actor(who), { ...all, ...asked }, 'nn');
	return exports.answer(actor(who), 'decisions', 'nn', exports.decisionColumns('nn'), rows);
}

async function bytesOf(answer: Response): Promise<Buffer> {
	return Buffer.from(await answer.arrayBuffer());
}

async function linesOf(answer: Response): Promise<string[]> {
	return (await bytesOf(answer)).toString('utf8').replace('\uFEFF', '').trim().split('\r\n');
}

const codesOf = (lines: string[]) => lines.slice(1).map((line) => line.split(';')[0]);

describe('an export', () => {
	test('has the rows of the page with the filter that it has, in its order, and heads in the language', async () => {
		const asked = { became: 'hangs' } as const;
		const lines = await linesOf(decisionsOf('P03', asked));
		const page = register.browse(chair(), { ...all, ...asked }, 'nn');
		expect(codesOf(lines)).toEqual(page.rows.map(({ code }) => code));
		expect(lines[0]).toMatch(/^Nummer;Type;Forum;Møte;Dato;Punkt;Sak;Kva;Kva vart det til;/);
		expect(lines[1]).toContain('I-050;Innstilling;Bustadrådet;21/26;2026-11-17;BR 68/26');
		expect(lines[1]).toContain('V-099 ventar på vedtak, 5 dagar');
		expect(exports.decisionColumns('en')[0]?.[0]).toBe('Number');
	});

	test('keeps a title back that points to one person, and nothing else of the row', async () => {
		sqlite()
			.prepare("UPDATE agenda_item SET title = 'Gjeld 14857134576' WHERE number = 'BR 68/26'")
			.run();
		const lines = await linesOf(decisionsOf('P03'));
		expect(lines.find((line) => line.startsWith('I-050;'))).toContain(
			';BR 68/26 (tittelen kan peike ut ein person);'
		);
		expect(lines.join()).not.toContain('14857134576');
	});

	test('opens in a Norwegian spreadsheet: marked as UTF-8, and with semicolons', async () => {
		const answer = decisionsOf('P03');
		expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(answer.headers.get('content-disposition')).toBe(
			'attachment; filename="decisions-2026-11-23.csv"'
		);
		expect([...(await bytesOf(answer)).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	});

	test('is written piece by piece, and has every row of a long register', async () => {
		openBoard();
		const input = { reasons: '', minority: '', statement: '', reviewOn: null };
		const place = { meeting: boardMeeting('22/26'), item: itemOf('S-K6YJ') };
		for (let index = 0; index < 120; index++)
			decisions.create(chair(), { ...input, ...place, text: `Avgjerd ${index}` });
		const lines = await linesOf(decisionsOf('P03', { kind: 'decision' }));
		expect(lines).toHaveLength(121);
		expect(new Set(codesOf(lines)).size).toBe(120);
	});

	test('says nothing of a case that its taker is disqualified from', async () => {
		const text = (await bytesOf(decisionsOf('P08'))).toString('utf8');
		for (const word of ['S-V8RC', 'I-046', 'V-094']) expect(text).not.toContain(word);
		expect((await bytesOf(decisionsOf('P05'))).toString('utf8')).toContain('S-V8RC');
	});

	test('ends where the right to it does', async () => {
		const rows = register.everything(actor('P05'), all, 'nn');
		sqlite().prepare('DELETE FROM membership WHERE person = ?').run(person('P05').id);
		const answer = exports.answer(
			actor('P05'),
			'decisions',
			'nn',
			exports.decisionColumns('nn'),
			rows
		);
		expect(codesOf(await linesOf(answer))).toEqual([]);
	});

	test('is noted with who and which register, and not with what was looked for', async () => {
		await bytesOf(decisionsOf('P03', { q: 'løyndom' }));
		const noted = sqlite()
			.prepare(
				"SELECT person, deed AS verb, thing AS subject FROM audit WHERE deed = 'decisions.export'"
			)
			.all();
		expect(noted).toEqual([
			{ person: person('P03').id, verb: 'decisions.export', subject: 'register:decisions' }
		]);
	});

	test.each(['=cmd|calc', '+1', '-2', '@SUM(A1)', '\tx', '\rx', '＝1'])(
		'does not hand a spreadsheet %j to run',
		(text) => {
			expect(exports.lines([['BR-A1/26', text]])).toMatch(/;"?'/);
		}
	);

	test('keeps a row whose text begins like a formula, and all that quoting is for', async () => {
		openBoard();
		decisions.create(chair(), {
			meeting: boardMeeting('22/26'),
			item: itemOf('S-K6YJ'),
			text: '=HYPERLINK("http://x.example";"S-K6YJ")\nog ei line til',
			reasons: '',
			minority: '',
			statement: '',
			reviewOn: null
		});
		const text = (await bytesOf(decisionsOf('P03', { kind: 'decision' }))).toString('utf8');
		expect(text).toContain(`;"'=HYPERLINK(""http://x.example"";""S-K6YJ"")\nog ei line til";`);
		expect(exports.lines([[-3, null, '']])).toBe('-3;;\r\n');
	});
});

test('rulings and actions are exported in the same way', async () => {
	const asked: rulingRegister.RulingQuery = {
		status: 'depart',
		track: null,
		period: null,
		q: '',
		page: 1
	};
	const rulings = rulingRegister.everything(chair(), asked, 'nb');
	const columns = exports.rulingColumns('nb');
	expect(await linesOf(exports.answer(chair(), 'rulings', 'nb', columns, rulings))).toEqual([
		'Vedtak;Sak;Innstilling;Spor;Dato for vedtaket;Status;Mot innstillingen;Klagefrist;Dager på vent',
		expect.stringMatching(
			/^V-097;S-Q9DL;I-048 forlenge;A .*;2026-11-06;klagefristen løper;avvik .*;2026-11-27;$/
		)
	]);

	const wanted: actionRegister.ActionQuery = {
		scope: 'all',
		status: 'overdue',
		forum: null,
		order: 'due',
		down: false,
		page: 1
	};
	const found = actionRegister.everything(chair(), wanted);
	const lines = await linesOf(
		exports.answer(chair(), 'actions', 'nn', exports.actionColumns('nn'), found)
	);
	const shown = actionRegister.browse(chair(), wanted).actions.map(({ code }) => code);
	expect(codesOf(lines)).toEqual(shown);
	expect(lines[1]).toMatch(/^O-\d\d;.*;ja;;/);
});

test.each([
	['en', 'meeting BR 22/26'],
	['nb', 'møte BR 22/26'],
	['nn', 'møte BR 22/26']
] as const)(
	'what has no number is called by its meeting in the file’s own language: %s',
	async (language, words) => {
		const place = { meeting: boardMeeting('22/26'), item: itemOf('S-K6YJ') };
		sqlite().prepare('UPDATE agenda_item SET number = NULL WHERE id = ?').run(place.item);
		openBoard();
		const texts = { text: 'Leige ut', reasons: '', minority: '', statement: '', reviewOn: null };
		decisions.create(chair(), { ...place, ...texts });
		const asked: actionRegister.ActionQuery = {
			scope: 'all',
			status: 'any',
			forum: null,
			order: 'code',
			down: true,
			page: 1
		};
		actions.create(chair(), {
			meeting: place.meeting,
			item: null,
			what: 'Ringje',
			due: '2026-12-11',
			case: null,
			responsible: `person:${person('P05').id}`
		});
		const files = [
			exports.answer(
				chair(),
				'decisions',
				language,
				exports.decisionColumns(language),
				register.everything(chair(), { ...all, kind: 'decision' }, language)
			),
			exports.answer(
				chair(),
				'actions',
				language,
				exports.actionColumns(language),
				actionRegister.everything(chair(), asked)
			)
		];
		for (const file of files) {
			const lines = await linesOf(file);
			expect(lines.filter((line) => line.includes(words))).toHaveLength(1);
		}
	}
);
