import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf, changeItem } from '#lib/domain/agenda.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import {
	paragraphsOf,
	recommendationTextOf,
	replaceWords,
	wordsOf
} from '#lib/domain/recommendation-text.ts';
import { Close } from '#lib/domain/wire.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import type { Peer } from '#lib/server/live/room.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as t from '#lib/server/live/testing.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import * as search from '#lib/server/search/search.ts';
import {
	allocation,
	caseId,
	chair,
	member,
	openBoard,
	placeOf,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as drafting from './drafting.ts';
import * as recommendations from './recommendations.ts';
import * as recusals from './recusals.ts';
import { read, views } from './rows.ts';

const code = 'S-G5MQ';
let meeting: string;
let id: string;

useTrail();
beforeEach(() => {
	openDemo();
	meeting = openBoard();
	at = placeOf(code).id;
	id = save();
});

const save = (more = {}, as = secretary()) =>
	recommendations.save(as, { meeting, id: at }, allocation(more));
const view = (as = chair()) => views(as, [read(as, id)], 'nn')[0]!;
let at: string;
const item = () => at;
const document = () => ({ kind: 'item' as const, id: item() });
const written = () => rooms.read(document(), (doc) => wordsOf(recommendationTextOf(doc)));
const write = (words: string, who = 'P05') =>
	rooms.transact(document(), person(who).id, (doc) =>
		replaceWords(recommendationTextOf(doc), words)
	);
const adopt = (words: string | null, version = 1) =>
	recommendations.adopt(chair(), id, version, '', words);

describe('until somebody opens it, the text', () => {
	test('stands in the item’s document and follows the choices', () => {
		expect(written()).toBe(view().text);
		save({ version: 1, wish: 'nær skule' });
		expect(written()).toContain('nær skule');
		expect(view()).toMatchObject({ together: false, behind: false, text: written() });
	});

	test('follows who is disqualified, too', () => {
		expect(view().text).toContain('Ingen var inhabile.');
		recusals.raise(chair(), meeting, {
			item: item(),
			person: person('P08').id,
			reason: 'family'
		});
		const [question] = recusals.of(chair(), meetings.find(meeting)!, 'nn');
		recusals.decide(chair(), meeting, { id: question!.id, disqualified: true, deputy: null });
		expect(view().text).toContain('Eirik Tenkjevoll var inhabil');
	});

	test('can be adopted as it is', () => {
		adopt(null);
		expect(view()).toMatchObject({ status: 'adopted', text: written() });
	});
});

describe('opened to be written together, the text', () => {
	test('begins with what it said, as the server’s own words, and is opened once', () => {
		const before = written();
		drafting.open(secretary(), id);
		write('Rådet er i tvil.');
		drafting.open(member(), id);
		expect(written()).toBe('Rådet er i tvil.');
		expect(before).not.toBe(written());
		const opened = sqlite()
			.prepare(`SELECT count(*) FROM audit WHERE deed = 'recommendation.open'`)
			.pluck();
		expect(opened.get()).toBe(1);
	});

	test('is read and found as it is written', () => {
		const hits = (words: string) =>
			search.ask(member(), words, 'recommendation').flatMap((group) => group.hits).length;
		drafting.open(secretary(), id);
		expect([hits('soverom barnehage'), hits('tvilrådig')]).toEqual([1, 0]);
		write('Rådet er tvilrådig.\nDet er einig likevel.');
		expect(view()).toMatchObject({
			together: true,
			text: 'Rådet er tvilrådig.\nDet er einig likevel.'
		});
		expect([hits('soverom barnehage'), hits('tvilrådig')]).toEqual([0, 1]);
		upkeep.rebuild();
		expect(hits('tvilrådig')).toBe(1);
	});

	test('does not follow the choices any more, and says so', () => {
		drafting.open(secretary(), id);
		expect(view().behind).toBe(false);
		write('Rådet er i tvil.');
		save({ version: 1, wish: 'nær skule' });
		expect(view()).toMatchObject({ behind: true, text: 'Rådet er i tvil.' });
		save({ version: 2 });
		expect(view().behind).toBe(false);
	});

	test('can be put together again, and what stood there is kept', () => {
		drafting.open(secretary(), id);
		write('Rådet er i tvil.');
		save({ version: 1, wish: 'nær skule' });
		drafting.composeAgain(member(), id);
		expect(view().behind).toBe(false);
		expect(written()).toContain('nær skule');
		const [kept] = versions.of(chair(), meeting);
		expect(kept).toMatchObject({ kind: 'recomposed', person: member().id && kept!.person });
		const held = versions.contents(meeting, kept!.id, document());
		expect(JSON.stringify(held)).toContain('Rådet er i tvil.');
	});

	test('is for those who write in the item, as long as it is a draft', () => {
		for (const who of ['P02', 'P11', 'P14'])
			expect(() => drafting.open(actor(who), id)).toThrow('not_found');
		expect(() => drafting.composeAgain(member(), id)).toThrow('wrong_state');
		lifecycle.move(chair(), meeting, 'close');
		expect(() => drafting.open(member(), id)).toThrow('not_allowed');
		drafting.open(secretary(), id);
		adopt(written());
		expect(() => drafting.open(secretary(), id)).toThrow('already_adopted');
		expect(() => drafting.composeAgain(secretary(), id)).toThrow('already_adopted');
	});
});

describe('adopting what was written together', () => {
	beforeEach(() => drafting.open(secretary(), id));

	test('freezes what stands in the document, and puts it into the minutes', () => {
		write('Rådet tilrår B-103.\nSamrøystes.');
		adopt('Rådet tilrår B-103.\r\nSamrøystes.');
		expect(view()).toMatchObject({ status: 'adopted', text: 'Rådet tilrår B-103.\nSamrøystes.' });
		expect(view().adopted!.sha256).toBe(recommendations.digest(id));
		const minutes = rooms.read(document(), (doc) => plainText(caseTextOf(doc)));
		expect(minutes).toContain('I-053: Rådet tilrår B-103.\nSamrøystes.');
	});

	test.each([
		['another text than the one that was read', 'Rådet tilrår B-103.'],
		['one that was not read', null]
	])('refuses %s, and nothing of it is done', (_, words) => {
		write('Rådet tilrår B-101.');
		expect(() => adopt(words)).toThrow('changed_meanwhile');
		expect(view()).toMatchObject({ status: 'draft', adopted: null });
	});

	test.each([
		['says nothing', '', 'missing_text'],
		['is too long', 'Rådet tilrår. '.repeat(500).trim(), 'text_too_long'],
		['points to one person', 'Søkjaren bur i Prøvevegen 12.', 'identifier_in_text']
	])('refuses one that %s', (_, words, reason) => {
		write(words);
		expect(() => adopt(written())).toThrow(reason);
		expect(view().status).toBe('draft');
	});
});

describe('a case that comes back', () => {
	test('gets a text of its own at its next item, and the adopted one stands', () => {
		save({ version: 1, outcome: 'put_off', dwelling: null, months: null });
		drafting.open(secretary(), id);
		write('Rådet treng meir tid.');
		adopt('Rådet treng meir tid.', 2);
		for (const step of ['close', 'lock'] as const) lifecycle.move(chair(), meeting, step);
		const next = itemOf(code);
		expect(next).not.toBe(item());
		setup.setMeetingStatus(boardMeeting('23/26'), 'open');
		const place = { meeting: boardMeeting('23/26'), id: next };
		const again = recommendations.save(secretary(), place, allocation());
		drafting.open(secretary(), again);
		expect(views(chair(), [read(chair(), again)], 'nn')[0]).toMatchObject({
			code: 'I-054',
			status: 'draft',
			together: true,
			text: expect.stringContaining('kode B-103')
		});
		expect(view()).toMatchObject({ status: 'adopted', text: 'Rådet treng meir tid.' });
		expect(written()).toBe('Rådet treng meir tid.');
	});

	test('at the same item finds the draft that was left there', () => {
		drafting.open(secretary(), id);
		write('Rådet er i tvil.');
		const away = (removed: boolean) =>
			rooms.transact({ kind: 'agenda', id: meeting }, secretary().id, (doc) =>
				changeItem(doc, item(), { removed })
			);
		away(true);
		agendaCases.putCase(secretary(), meeting, { case: caseId(code), title: 'Barnefamilie' });
		expect(() => save()).toThrow('changed_meanwhile');
		expect(view()).toMatchObject({ status: 'draft', text: 'Rådet er i tvil.' });
	});
});

describe('over sockets', () => {
	beforeEach(t.start);
	afterEach(t.stop);

	const join = (who: string) => new t.Person(document(), person(who).id).synced();
	const type = (peer: t.Person, words: string) =>
		recommendationTextOf(peer.doc).push(paragraphsOf(words));

	test('two write in it at once, and a third in the minutes', async () => {
		drafting.open(secretary(), id);
		const [solveig, mariann] = [await join('P03'), await join('P05')];
		type(solveig, 'Frå Solveig.');
		type(mariann, 'Frå Mariann.');
		await t.until(() => /Solveig[^]*Mariann|Mariann[^]*Solveig/.test(written()));
		await Promise.all([solveig.saved(), mariann.saved()]);
		expect(wordsOf(recommendationTextOf(solveig.doc))).toBe(written());
		expect(view().text).toBe(written());
	});

	test('nobody writes in it before it is opened, nor once it is adopted; the minutes go on', async () => {
		const early = await join('P05');
		type(early, 'For tidleg.');
		expect(await early.closed()).toBe(Close.badShape);
		early.leave();

		drafting.open(secretary(), id);
		const mariann = await join('P05');
		type(mariann, 'I tide.');
		await mariann.saved();
		adopt(written());
		const frozen = view().text;
		expect(frozen).toContain('I tide.');
		caseTextOf(mariann.doc).push(paragraphsOf('Referatet går vidare.'));
		await mariann.saved();
		for (const late of [
			(peer: t.Person) => type(peer, 'For seint.'),
			(peer: t.Person) => recommendationTextOf(peer.doc).delete(0, 1)
		]) {
			const peer = await join('P05');
			late(peer);
			expect(await peer.closed()).toBe(Close.badShape);
			peer.leave();
		}
		expect(written()).toBe(frozen);
		expect(view().text).toBe(frozen);
		const minutes = rooms.read(document(), (doc) => plainText(caseTextOf(doc)));
		expect(minutes).toContain('Referatet går vidare.');
	});

	test('what has arrived when the chair adopts is in before the two are compared', () => {
		drafting.open(secretary(), id);
		const before = written();
		const doc = new Y.Doc();
		Y.applyUpdate(doc, rooms.read(document(), Y.encodeStateAsUpdate));
		const vector = Y.encodeStateVector(doc);
		recommendationTextOf(doc).push(paragraphsOf('Eit ord til.'));
		const peer: Peer = {
			person: member().id,
			name: '',
			colour: '',
			access: 'write',
			cut: false,
			send: () => {},
			close: () => {}
		};
		const room = rooms.join(document(), peer);
		room.receive(peer, Y.encodeStateAsUpdate(doc, vector), false);
		rooms.wake(room);
		expect(() => adopt(before)).toThrow('changed_meanwhile');
		adopt(`${before}\nEit ord til.`);
		expect(view().text).toContain('Eit ord til.');
		rooms.leave(room, peer);
	});

	test('the disqualified is cut from it, and hears nothing of what is written after', async () => {
		drafting.open(secretary(), id);
		const eirik = await join('P08');
		recusals.raise(actor('P08'), meeting, {
			item: item(),
			person: person('P08').id,
			reason: 'family'
		});
		expect(await eirik.closed()).toBe(Close.rightLost);
		write('Rådet er i tvil.');
		expect(wordsOf(recommendationTextOf(eirik.doc))).not.toContain('tvil');
		const again = t.Raw.to(document(), person('P08').id);
		expect(await again.closed).toBe(Close.unknown);
		expect(again.heard).toEqual([]);
		expect(() => read(actor('P08'), id)).toThrow('not_found');
	});
});
