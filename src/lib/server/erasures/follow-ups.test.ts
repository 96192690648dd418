import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addItem, caseTextOf } from '#lib/domain/agenda.ts';
import { replaceWords } from '#lib/domain/recommendation-text.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as handovers from '#lib/server/action/handovers.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as backups from '#lib/server/db/backups.ts';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import * as search from '#lib/server/search/search.ts';
import { caseId, chair, member, secretary } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemoOnDisk, person } from '#lib/server/start/testing.ts';
import * as caseErasures from './cases.ts';
import * as erasures from './items.ts';
import * as notes from './notes.ts';
import { filesHolding } from './testing.ts';

/*
 * Actions and decisions in every word of which stands what must go, in a database of its own on
 * the disk.
 */

const canary = 'kanarifuglXQZJ';
const code = 'S-K6YJ';
let folder = '';

beforeEach(() => {
	folder = openDemoOnDisk();
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});
// After what closes the database, since the last is done first.
useTrail();

const next = () => boardMeeting('22/26');

const filesWith = (word: string) => filesHolding(folder, word);

function ordinary(title = 'Om huset'): string {
	const id = randomUUID();
	rooms.transact({ kind: 'agenda', id: next() }, person('P05').id, (doc) =>
		addItem(doc, { id, title, kind: 'discussion', minutes: 5 })
	);
	rooms.flush();
	return id;
}

const idOf = (table: 'action' | 'decision', own: string) =>
	sqlite().prepare(`SELECT id FROM ${table} WHERE code = ?`).pluck().get(own) as string;

function act(item: string | null, about: string | null = null, what = `Ringje ${canary}`): string {
	const responsible = `person:${member().id}`;
	const from = { meeting: next(), item, case: about };
	return actions.create(chair(), { ...from, what, responsible, due: '2026-12-11' });
}

/** An action with the canary in everything that can be written about it. */
function worked(item: string | null, about: string | null = null): string {
	const own = act(item, about);
	const id = idOf('action', own);
	const note = `sagt av ${canary}`;
	actions.changeStatus(member(), id, { status: 'waiting', waitingFor: `svar frå ${canary}`, note });
	actions.moveDeadline(member(), id, { due: '2026-12-18', note });
	actions.addNote(member(), id, note);
	handovers.offer(member(), id, { to: `person:${secretary().id}`, note });
	handovers.decline(secretary(), id, note);
	return own;
}

const decide = (item: string, meeting = next(), reviewOn: string | null = null): string =>
	decisions.create(chair(), {
		meeting,
		item,
		reviewOn,
		text: `Leige av ${canary}`,
		reasons: `${canary} treng det`,
		minority: `ikkje ${canary}`,
		statement: `${canary} var imot`
	});

const rowsOf = (table: string) => JSON.stringify(sqlite().prepare(`SELECT * FROM ${table}`).all());
const rows = () => ['action', 'action_event', 'decision'].map(rowsOf).join();
const preview = (item: string, selection = canary) =>
	erasures.preview(chair(), next(), { item, selection });
const erase = (item: string, selection = canary) =>
	erasures.erase(chair(), next(), { item, selection, reason: 'identifier' });
const verbs = () =>
	sqlite().prepare("SELECT deed FROM audit WHERE deed LIKE '%.erase'").pluck().all();

describe('erasing at an ordinary item', () => {
	test('takes the words out of the actions and decisions that came of it, everywhere', () => {
		const item = ordinary();
		const [action, decision] = [worked(item), decide(item)];
		upkeep.refresh();
		expect(search.ask(chair(), canary).flatMap(({ hits }) => hits)).toHaveLength(2);
		expect(preview(item)).toMatchObject({
			case: 0,
			actions: [action],
			decisions: [decision],
			beside: [],
			hits: []
		});

		erase(item);

		expect(rows()).not.toContain(canary);
		expect(filesWith(canary)).toEqual([]);
		expect(search.ask(chair(), canary).flatMap(({ hits }) => hits)).toEqual([]);
		expect(sqlite().prepare('SELECT what FROM action WHERE code = ?').pluck().get(action)).toBe(
			'Ringje …'
		);
		expect(decisions.read(chair(), decision)).toMatchObject({
			text: 'Leige av …',
			reasons: '… treng det',
			minority: 'ikkje …',
			statement: '… var imot'
		});
		expect(verbs()).toEqual(['action.erase', 'decision.erase', 'item.erase']);
	});

	test('leaves who is waited for, when words are taken out that a person is stored by', () => {
		const item = ordinary();
		const id = idOf('action', act(item, null, 'Ringje ein person'));
		const waitingFor = `person:${person('P06').id}`;
		actions.changeStatus(member(), id, { status: 'waiting', waitingFor });
		erase(item, 'person');
		const row = sqlite()
			.prepare('SELECT what, waiting_for AS who FROM action WHERE id = ?')
			.get(id);
		expect(row).toEqual({ what: 'Ringje ein …', who: waitingFor });
		const to = `SELECT to_value FROM action_event WHERE action = ? AND deed = 'waiting'`;
		expect(sqlite().prepare(to).pluck().get(id)).toBe(waitingFor);
	});

	test('reaches what came of the meeting as a whole, and points to the rest', () => {
		const [item, other] = [ordinary(), ordinary('Noko anna')];
		const [own, whole, elsewhere] = [act(item), act(null), act(other)];
		const decision = decide(other);
		const ofCase = act(itemOf(code));
		const found = preview(item);
		expect(found.actions).toEqual([own, whole]);
		const at = (place: string) => `/meetings/${next()}/${place}`;
		expect(found.beside).toEqual([
			{ kind: 'action', label: elsewhere, href: at(other) },
			{ kind: 'action', label: ofCase, href: at(itemOf(code)) },
			{ kind: 'decision', label: decision, href: at(other) }
		]);
		erase(item);
		const left = sqlite().prepare(`SELECT code FROM action WHERE what LIKE ? ORDER BY code`);
		expect(left.pluck().all(`%${canary}%`)).toEqual([elsewhere, ofCase]);
	});

	test('leaves an action about a case that the person may not read', () => {
		const item = ordinary();
		const [closed, other] = [act(item, caseId(code)), act(item)];
		expect(preview(item).actions).toEqual([closed, other]);
		const disqualified = { ...chair(), recused: new Set([caseId(code)]) };
		const input = { item, selection: canary };
		expect(erasures.preview(disqualified, next(), input).actions).toEqual([other]);
		erasures.erase(disqualified, next(), { ...input, reason: 'identifier' });
		expect(rowsOf('action').match(new RegExp(canary, 'g'))).toHaveLength(1);
	});

	test('points to the item as which a decision came back, called by its words', () => {
		const item = ordinary();
		decide(item, next(), '2026-12-01');
		const { beside } = preview(item);
		expect(beside).toMatchObject([
			{ kind: 'heading', href: expect.stringContaining('/meetings/') }
		]);
	});

	test('the whole of an item is its minutes alone', () => {
		const item = ordinary();
		act(item);
		expect(() => erasures.preview(chair(), next(), { item, selection: null })).toThrow(
			'nothing_to_erase'
		);
	});
});

describe('erasing in a case', () => {
	test('from its page goes through its actions and decisions, of whichever meeting', () => {
		const [action, decision] = [worked(itemOf(code)), decide(itemOf(code))];
		const named = act(ordinary(), caseId(code));
		const { places, beside } = caseErasures.preview(chair(), code, canary);
		expect(places.map(({ kind, label }) => [kind, label])).toEqual([
			['action', action],
			['action', named],
			['decision', decision]
		]);
		expect(places[0]!.hits.map(({ line }) => line)).toEqual([
			`Ringje ${canary}`,
			`svar frå ${canary}`,
			`sagt av ${canary}`
		]);
		expect(beside).toEqual([]);
		caseErasures.erase(chair(), code, { words: canary, reason: 'third_party' });
		expect(rows()).not.toContain(canary);
		expect(filesWith(canary)).toEqual([]);
		expect(verbs()).toEqual(['action.erase', 'action.erase', 'decision.erase', 'case.erase']);
	});

	test('at an item goes through those of its case, and the copies that are older than the item', () => {
		const named = act(ordinary(), caseId(code));
		const first = itemOf(code);
		upkeep.refresh();
		rooms.flush();
		backups.make(sqlite(), 'before-the-item');
		lifecycle.move(chair(), next(), 'open');
		for (const step of ['close', 'lock'] as const) lifecycle.move(chair(), next(), step);
		const item = itemOf(code);
		const meeting = boardMeeting('23/26');
		expect(item).not.toBe(first);
		rooms.transact({ kind: 'item', id: item }, person('P05').id, (doc) =>
			replaceWords(caseTextOf(doc), `Om ${canary}`)
		);
		const input = { item, selection: canary };
		expect(erasures.preview(chair(), meeting, input)).toMatchObject({
			actions: [named],
			decisions: [],
			case: 0,
			backups: 1
		});
		erasures.erase(chair(), meeting, { ...input, reason: 'identifier' });
		expect(rows()).not.toContain(canary);
		expect(filesWith(canary)).toEqual([]);
		expect(notes.linesOfCase(caseId(code))).toHaveLength(1);
	});
});

test('nobody but who leads reaches them', () => {
	const item = ordinary();
	act(item);
	const attempt = () =>
		erasures.erase(actor('P05'), next(), { item, selection: canary, reason: 'identifier' });
	expect(attempt).toThrow('not_allowed');
	expect(rows()).toContain(canary);
});
