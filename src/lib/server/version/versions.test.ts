import { beforeEach, describe, expect, test } from 'vitest';
import { recommendationTextOf, replaceWords, wordsOf } from '#lib/domain/recommendation-text.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as restorations from '#lib/server/history/restorations.ts';
import * as views from '#lib/server/history/views.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { allocation, openBoard, placeOf } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, openDemo, person } from '#lib/server/start/testing.ts';
import {
	agenda,
	caseItem,
	found,
	linesNow,
	meeting,
	ordinaryItem,
	seen,
	type,
	words
} from './testing.ts';
import * as versions from './versions.ts';

beforeEach(openDemo);

describe('a version', () => {
	test('is taken at every step of a meeting’s life, and by hand', () => {
		versions.keep(actor('P05'), meeting(), ' Før vi møtest ');
		lifecycle.move(actor('P03'), meeting(), 'open');
		lifecycle.move(actor('P03'), meeting(), 'close');
		lifecycle.move(actor('P03'), meeting(), 'lock');
		const kept = versions.of(actor('P05'), meeting());
		expect(kept.map(({ kind }) => kind).sort()).toEqual(
			['by_hand', 'locked', 'opened', 'reviewed'].sort()
		);
		const own = kept.find(({ kind }) => kind === 'by_hand');
		expect(own).toMatchObject({ name: 'Før vi møtest', person: person('P05').name });
	});

	test('needs a name without an identifier in it, and a text that can be written', () => {
		const keep = (who: string, name: string) => () => versions.keep(actor(who), meeting(), name);
		expect(keep('P05', '  ')).toThrow('missing_text');
		expect(keep('P05', 'Om 13097248022')).toThrow('identifier_in_text');
		expect(keep('P05', 'x'.repeat(101))).toThrow('text_too_long');
		expect(keep('P12', 'Utanfrå')).toThrow('not_found');
		for (const step of ['open', 'close', 'lock'] as const)
			lifecycle.move(actor('P03'), meeting(), step);
		expect(keep('P03', 'For seint')).toThrow('meeting_locked');
	});

	test('stands: neither its words nor its name can be changed, nor can it be taken away', () => {
		versions.keep(actor('P05'), meeting(), 'Før');
		const run = (sql: string) => () => sqlite().exec(sql);
		expect(run("UPDATE document_version SET rendered = '{}'")).toThrow('a version stands');
		expect(run("UPDATE document_version SET bytes = x'', at = 0")).toThrow('a version stands');
		expect(run('DELETE FROM document_version')).toThrow('a version stays');
		expect(run("UPDATE meeting_version SET name = 'Etter'")).toThrow('a version stands');
		expect(run('DELETE FROM meeting_version')).toThrow('a version stays');
	});

	test('that is not what was stored is not shown', () => {
		const id = versions.keep(actor('P05'), meeting(), 'Før');
		sqlite().exec('DROP TRIGGER document_version_stands');
		sqlite().exec(
			"UPDATE document_version SET rendered = replace(rendered, 'Opning', 'Lukking') WHERE document LIKE 'agenda:%'"
		);
		expect(() => views.compare(actor('P05'), found(), id, null)).toThrow('version_damaged');
	});

	test('of another meeting is none', () => {
		const other = versions.keep(actor('P05'), boardMeeting('23/26'), 'Hin');
		expect(() => views.compare(actor('P05'), found(), other, null)).toThrow('not_found');
	});

	test('is for those who read the meeting and may know who wrote', () => {
		expect(() => versions.of(actor('P12'), meeting())).toThrow('not_found');
		const day = proceedingsOfDay();
		expect(versions.of(actor('P12'), day)).toEqual([]);
		expect(() => versions.of(actor('P20'), day)).toThrow('not_found');
	});
});

function proceedingsOfDay(): string {
	return sqlite()
		.prepare(
			"SELECT m.id FROM meeting m JOIN forum f ON f.id = m.forum WHERE f.kind = 'day' LIMIT 1"
		)
		.pluck()
		.get() as string;
}

describe('erasing', () => {
	const holds = (text: string) =>
		sqlite()
			.prepare(
				'SELECT count(*) FROM document_version WHERE instr(rendered, ?) OR instr(bytes, CAST(? AS BLOB))'
			)
			.pluck()
			.get(text, text);

	test('takes the words of one document out of every version, and leaves the rest', () => {
		type('P05', caseItem(), '', 'Kanari som må bort');
		type('P05', agenda(), ordinaryItem(), 'Dette skal stå');
		const first = versions.keep(actor('P05'), meeting(), 'Ein');
		versions.keep(actor('P05'), meeting(), 'To');
		expect(holds('Kanari')).toBe(2);
		expect(versions.forget(caseItem())).toBe(2);
		expect(holds('Kanari')).toBe(0);
		const gone = seen('P05', first, null, caseItem().id);
		expect(gone.before).toMatchObject({ erased: true, blocks: [] });
		expect(words(seen('P05', first, null, ordinaryItem()).before)).toContain('Dette skal stå');
		expect(() => restorations.restore(actor('P05'), meeting(), first, caseItem().id)).toThrow(
			'text_erased'
		);
	});

	test('takes one item of an agenda out of every version, and the others can still be read', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'Kanari som må bort');
		lifecycle.move(actor('P03'), meeting(), 'open');
		const [version] = versions.of(actor('P05'), meeting());
		versions.forget(agenda(), item);
		expect(holds('Kanari')).toBe(0);
		expect(seen('P05', version!.id, null, item).before).toMatchObject({ erased: true });
		expect(versions.frozenAgenda(meeting(), 'opened')!.items.length).toBeGreaterThan(3);
		expect(agendas.find(item)).not.toBeNull();
	});

	test('can be done to what has been erased before', () => {
		versions.keep(actor('P05'), meeting(), 'Ein');
		versions.forget(caseItem());
		expect(() => versions.forget(caseItem())).not.toThrow();
		versions.forget(agenda(), ordinaryItem());
		versions.forget(agenda());
		expect(versions.frozenAgenda(meeting(), 'by_hand')).toBeNull();
	});
});

describe('the text of a recommendation', () => {
	const item = () => caseItem().id;
	const say = (words: string, who = 'P05') =>
		rooms.transact(caseItem(), person(who).id, (doc) =>
			replaceWords(recommendationTextOf(doc), words)
		);
	const says = () => rooms.read(caseItem(), (doc) => wordsOf(recommendationTextOf(doc)));
	const bringBack = (version: string) =>
		restorations.restore(actor('P05'), meeting(), version, item(), 'recommendation');
	let id: string;

	beforeEach(() => {
		openBoard();
		id = recommendations.save(actor('P04'), placeOf('S-K6YJ'), allocation());
		drafting.open(actor('P04'), id);
		say('Rådet er i tvil.');
	});

	test('is part of a version, and shown side by side with who wrote it', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		expect(seen('P05', version, null, item()).recommendation).toMatchObject({
			difference: 'none',
			restorable: true
		});
		say('Rådet er ikkje i tvil.', 'P04');
		const { recommendation, difference } = seen('P05', version, null, item());
		expect(difference).toBe('none');
		expect(recommendation!.difference).toBe('words');
		expect(words(recommendation!.before)).toEqual(['Rådet er i tvil.']);
		expect(words(recommendation!.after)).toEqual(['Rådet er [inserted ikkje ]i tvil.']);
		const by = (side: views.Side | null) => side!.blocks[0]!.segments[0]!.by;
		expect([by(recommendation!.before), by(recommendation!.after)]).toEqual([
			person('P05').id,
			person('P04').id
		]);
		expect([...views.writersIn([seen('P05', version, null, item())])]).toEqual(
			expect.arrayContaining([person('P04').id, person('P05').id])
		);
	});

	test('is brought back by itself, and the minutes stay', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		say('Noko anna.');
		type('P04', caseItem(), item(), 'Nytt i referatet');
		bringBack(version);
		expect(says()).toBe('Rådet er i tvil.');
		expect(linesNow(caseItem(), item())).toContain('Nytt i referatet');
		restorations.restore(actor('P05'), meeting(), version, item());
		expect(linesNow(caseItem(), item())).not.toContain('Nytt i referatet');
		expect(says()).toBe('Rådet er i tvil.');
	});

	test('is not brought back once it is adopted, nor where there was none', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		recommendations.adopt(actor('P03'), id, 1, '', says());
		expect(() => bringBack(version)).toThrow('already_adopted');
		expect(seen('P05', version, null, item()).recommendation!.restorable).toBe(false);
		expect(says()).toBe('Rådet er i tvil.');
	});

	test('of one that nobody has opened is not brought back: it follows the choices', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		sqlite().exec('UPDATE recommendation SET seed = NULL');
		expect(() => bringBack(version)).toThrow('wrong_state');
	});

	test('is nothing to somebody who may not read the case', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		say('Løyndom.');
		const observer = { ...actor('P12'), roles: { [found().forumId]: 'observer' as const } };
		const all = views.compare(observer, found(), version, null);
		expect(all.find((one) => one.id === item())!.recommendation).toBeNull();
		expect(JSON.stringify(all)).not.toMatch(/Løyndom|i tvil/);
	});

	test('goes from every version when its words are erased, and what is beside it stays', () => {
		type('P04', caseItem(), item(), 'Referatet står');
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		expect(versions.forget(caseItem(), item(), ['i tvil'])).toBe(1);
		const { recommendation, before } = seen('P05', version, null, item());
		expect(words(recommendation!.before)!.join()).not.toContain('tvil');
		expect(words(before)!.join()).toContain('Referatet står');
		expect(versions.forget(caseItem(), item(), null)).toBe(1);
		expect(seen('P05', version, version, item())).toMatchObject({
			recommendation: null,
			before: { erased: true }
		});
	});
});
