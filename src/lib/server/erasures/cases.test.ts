import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { replaceWords } from '#lib/domain/recommendation-text.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as backups from '#lib/server/db/backups.ts';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { read, views } from '#lib/server/recommendation/rows.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import * as search from '#lib/server/search/search.ts';
import {
	allocation,
	caseId,
	chair,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, itemOf, openDemoOnDisk, person } from '#lib/server/start/testing.ts';
import * as erasures from './cases.ts';
import * as notes from './notes.ts';
import { filesHolding } from './testing.ts';

/* A case that was decided between meetings, with what must go in every word that somebody wrote. */

const canary = 'kanarifuglXQZJ';
const code = 'S-J3RF';
let folder = '';
let id = '';

beforeEach(() => {
	folder = openDemoOnDisk();
	id = recommendations.save(
		secretary(),
		{ urgent: caseId(code) },
		allocation({
			outcome: 'other_help',
			reasons: `det gjeld ${canary} her`,
			wish: `nær ${canary}`,
			criteria: [
				{ criterion: 'adult', finding: 'met', reason: 'documented', words: `om ${canary}` }
			]
		})
	);
	recommendations.adopt(secretary(), id, 1, `utkasting av ${canary} er varsla`);
	send(chair(), id);
	rulings.decide(ruler(), rulingCode(), {
		stance: 'depart',
		result: 'granted',
		content: `hjelp til ${canary}`,
		reason: `${canary} treng meir`,
		ruledOn: '2026-11-23',
		noticeOn: null
	});
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});
// After what closes the database, since the last is done first.
useTrail();

const rulingCode = () =>
	sqlite().prepare('SELECT code FROM ruling WHERE recommendation = ?').pluck().get(id) as string;
const view = () => views(chair(), [read(chair(), id)], 'nn')[0]!;
const steps = () => progress.history({ id: caseId(code) } as never).map(({ reason }) => reason);
const erase = (words = canary, who = 'P03') =>
	erasures.erase(actor(who), code, { words, reason: 'third_party' });

const filesWith = (word: string) => filesHolding(folder, word);

describe('erasing in a case', () => {
	test('says beforehand where it stands', () => {
		const { places, backups: copies, beside } = erasures.preview(chair(), code, canary);
		expect(places.map(({ kind, label }) => [kind, label])).toEqual([
			['step', 'urge'],
			['recommendation', view().code],
			['ruling', rulingCode()]
		]);
		expect(places[0]!.hits).toEqual([
			{ line: `utkasting av ${canary} er varsla`, places: [[13, 27]] }
		]);
		expect({ copies, beside }).toEqual({ copies: 0, beside: [] });
	});

	test('leaves nothing of it in any file, and everything else', () => {
		upkeep.refresh();
		backups.make(sqlite(), 'before-something');
		const before = view();
		expect(filesWith(canary).length).toBeGreaterThanOrEqual(2);
		expect(search.ask(chair(), canary).flatMap(({ hits }) => hits).length).toBeGreaterThan(0);
		expect(erasures.preview(chair(), code, canary).backups).toBe(1);

		erase();

		expect(filesWith(canary)).toEqual([]);
		expect(filesWith(before.adopted!.sha256)).toEqual([]);
		expect(steps()).toContain('utkasting av … er varsla');
		expect(view()).toMatchObject({
			reasons: 'det gjeld … her',
			wish: 'nær …',
			redacted: true,
			status: 'sent',
			adopted: { by: 'Jostein Prøveli', sha256: recommendations.digest(id) }
		});
		expect(view().text).toContain('det gjeld … her');
		expect(
			sqlite().prepare('SELECT content, reason FROM ruling WHERE code = ?').get(rulingCode())
		).toEqual({ content: 'hjelp til …', reason: '… treng meir' });
		expect(search.ask(chair(), canary).flatMap(({ hits }) => hits)).toEqual([]);
	});

	test('is noted at the case with who, when and why, and never what', () => {
		erase();
		expect(notes.linesOfCase(caseId(code))).toEqual([
			expect.stringMatching(
				/^Noko i saka er sletta for godt .* av Solveig Testvik: opplysningar om nokon andre\.$/
			)
		]);
		const trail = sqlite().prepare("SELECT deed FROM audit WHERE deed LIKE '%.erase'").pluck();
		expect(trail.all()).toEqual(['recommendation.erase', 'ruling.erase', 'case.erase']);
	});

	test('points to the minutes that have it too, and leaves them', () => {
		const item = itemOf('S-K6YJ');
		const document = { kind: 'item', id: item } as const;
		rooms.transact(document, person('P05').id, (doc) => replaceWords(caseTextOf(doc), canary));
		const { places, beside } = erasures.preview(chair(), 'S-K6YJ', canary);
		expect(places).toEqual([]);
		expect(beside).toMatchObject([{ kind: 'item', href: expect.stringContaining(item) }]);
		expect(() => erasures.erase(chair(), 'S-K6YJ', { words: canary, reason: 'requested' })).toThrow(
			'nothing_to_erase'
		);
	});

	test('what stands nowhere, or is too short, is said to, and changes nothing', () => {
		for (const words of ['finst ikkje', 'ka', ''])
			expect(() => erasures.preview(chair(), code, words)).toThrow('nothing_to_erase');
		expect(() => erase('finst ikkje')).toThrow('nothing_to_erase');
		expect(notes.linesOfCase(caseId(code))).toEqual([]);
	});

	test.each([
		['P03', 'done'],
		['P04', 'done'],
		['P05', 'not_allowed'],
		['P02', 'not_allowed'],
		['P13', 'not_found']
	])('%s: %s', (who, outcome) => {
		const attempt = () => erase(canary, who);
		if (outcome === 'done') attempt();
		else expect(attempt).toThrow(outcome);
		expect(view().redacted).toBe(outcome === 'done');
	});
});
