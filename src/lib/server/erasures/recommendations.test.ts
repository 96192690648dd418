import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { recommendationTextOf, replaceWords, wordsOf } from '#lib/domain/recommendation-text.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as backups from '#lib/server/db/backups.ts';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { read, views } from '#lib/server/recommendation/rows.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import * as search from '#lib/server/search/search.ts';
import {
	allocation,
	chair,
	member,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { openDemoOnDisk } from '#lib/server/start/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as erasures from './items.ts';
import { filesHolding } from './testing.ts';

/*
 * A recommendation in every word of which stands what must go, in a database of its own on the
 * disk.
 */

const canary = 'kanarifuglXQZJ';
const code = 'S-G5MQ';
let folder = '';
let meeting = '';

beforeEach(() => {
	folder = openDemoOnDisk();
	meeting = openBoard();
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});
// After what closes the database, since the last is done first.
useTrail();

const filesWith = (word: string) => filesHolding(folder, word);

const item = () => placeOf(code).id;
const document = () => ({ kind: 'item' as const, id: item() });
const view = (id: string) => views(chair(), [read(chair(), id)], 'nn')[0]!;
const written = () => rooms.read(document(), (doc) => wordsOf(recommendationTextOf(doc)));
const minutes = () => rooms.read(document(), (doc) => plainText(caseTextOf(doc)));
const erase = (selection: string | null = canary) =>
	erasures.erase(chair(), meeting, { item: item(), selection, reason: 'identifier' });
const preview = (selection: string | null = canary) =>
	erasures.preview(chair(), meeting, { item: item(), selection });

/** With the canary in everything that somebody writes. */
function save(): string {
	return recommendations.save(
		secretary(),
		placeOf(code),
		allocation({
			months: 12,
			shorter: `kort fordi ${canary} flyttar`,
			reasons: `det gjeld ${canary} her`,
			wish: `nær ${canary}`,
			minority: `${canary} treng meir`,
			dissenters: [member().id],
			criteria: [
				{ criterion: 'adult', finding: 'met', reason: 'documented', words: `om ${canary}` }
			]
		})
	);
}

function opened(): string {
	const id = save();
	drafting.open(secretary(), id);
	return id;
}

const rows = () =>
	JSON.stringify([
		sqlite().prepare('SELECT * FROM recommendation').all(),
		sqlite().prepare('SELECT * FROM recommendation_criterion').all()
	]);

test('goes from an adopted one everywhere it stood, and from every file', () => {
	const id = opened();
	versions.keep(chair(), meeting, 'Før vedtak');
	recommendations.adopt(chair(), id, 1, '', written());
	send(chair(), id);
	const { sha256 } = view(id).adopted!;
	upkeep.refresh();
	backups.make(sqlite(), 'before-something');
	expect(minutes()).toContain(canary);
	expect(search.ask(ruler(), canary, 'recommendation')).toHaveLength(1);
	expect(filesWith(canary).length).toBeGreaterThanOrEqual(2);
	expect(preview()).toMatchObject({ recommendation: true, versions: 1, backups: 1 });

	erase();

	expect(filesWith(canary)).toEqual([]);
	expect(filesWith(sha256)).toEqual([]);
	for (const text of [rows(), minutes(), written(), view(id).text])
		expect(text).not.toContain(canary);
	for (const actor of [chair(), ruler()])
		expect(search.ask(actor, canary).flatMap(({ hits }) => hits)).toEqual([]);
	const [kept] = versions.of(chair(), meeting);
	expect(JSON.stringify(versions.contents(meeting, kept!.id, document()))).not.toContain(canary);
	expect(sqlite().pragma('integrity_check', { simple: true })).toBe('ok');
});

test('leaves that it was adopted, by whom and when, and a fingerprint of what is left', () => {
	const id = opened();
	recommendations.adopt(chair(), id, 1, '', written());
	const before = view(id);
	erase();
	const after = view(id);
	expect(after).toMatchObject({
		status: 'adopted',
		redacted: true,
		adopted: { at: before.adopted!.at, by: before.adopted!.by, present: before.adopted!.present }
	});
	expect(after.text).toContain('Det er lagt vekt på dette: det gjeld … her.');
	expect(after.adopted!.sha256).not.toBe(before.adopted!.sha256);
	expect(after.adopted!.sha256).toBe(recommendations.digest(id));
	expect(before.redacted).toBe(false);
});

test('goes from a draft, which is not marked and goes on', () => {
	const id = opened();
	erase();
	expect(rows()).not.toContain(canary);
	expect(view(id)).toMatchObject({ status: 'draft', redacted: false, text: written() });
	rooms.transact(document(), member().id, (doc) =>
		replaceWords(recommendationTextOf(doc), 'Rådet tilrår B-103.')
	);
	recommendations.adopt(chair(), id, 1, '', 'Rådet tilrår B-103.');
	expect(view(id).text).toBe('Rådet tilrår B-103.');
});

test('does not come back when the text is put together again', () => {
	const id = opened();
	erase();
	drafting.composeAgain(secretary(), id);
	expect(written()).not.toContain(canary);
	expect(written()).toContain('det gjeld … her');
});

test('a passage of the text takes what it holds of the words that the text was made of', () => {
	const id = save();
	erase(`dette: det gjeld ${canary} her. Andre`);
	expect(view(id).reasons).toBe('…');
	expect(view(id).wish).toContain(canary);
});

test('a passage that begins with the code, as it stands in the minutes, takes the text too', () => {
	const id = save();
	recommendations.adopt(chair(), id, 1);
	const opening = view(id).text.slice(0, 60);
	erase(`I-053: ${opening}`);
	expect(view(id).text).not.toContain(opening);
	expect(minutes()).not.toContain(opening);
});

test('the whole item takes all of its words, and leaves what was chosen', () => {
	const id = opened();
	recommendations.adopt(chair(), id, 1, '', written());
	erase(null);
	expect(filesWith(canary)).toEqual([]);
	expect(view(id)).toMatchObject({
		text: '…',
		reasons: '…',
		wish: '…',
		outcome: 'allocate',
		months: 12,
		redacted: true,
		adopted: { by: 'Solveig Testvik' }
	});
	expect(written()).toBe('');
});

test('goes from a ruling that quotes it, and from why a step was taken', () => {
	const id = opened();
	recommendations.adopt(chair(), id, 1, '', written());
	send(chair(), id);
	rulings.decide(ruler(), 'V-102', {
		stance: 'depart',
		result: 'granted',
		content: `bustad til ${canary}`,
		reason: 'anna behov',
		ruledOn: '2026-11-23',
		noticeOn: null
	});
	progress.step(chair(), code, 'close');
	progress.step(chair(), code, 'reopen', { reason: `fordi ${canary} flyttar` });
	expect(preview()).toMatchObject({ case: 2, beside: [] });
	erase();
	expect(sqlite().prepare(`SELECT content FROM ruling WHERE code = 'V-102'`).pluck().get()).toBe(
		'bustad til …'
	);
	expect(filesWith(canary)).toEqual([]);
});
