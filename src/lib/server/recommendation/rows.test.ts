import { beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/server/case/cases.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import {
	allocation,
	caseId,
	chair,
	member,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, openDemo, person } from '#lib/server/start/testing.ts';
import * as recommendations from './recommendations.ts';
import * as rows from './rows.ts';

let id: string;
beforeEach(() => {
	openDemo();
	openBoard();
	id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation({ wish: 'sentrum' }));
});

const seen = (as = chair(), which = id) => rows.views(as, [rows.read(as, which)], 'nn')[0]!;
const codes = (views: rows.RecommendationView[]) => views.map(({ code }) => code);
/** The story's, by its case. */
const ofCase = (code: string, as = chair()) => rows.ofCase(as, cases.findByCode(code)!, 'nn');

describe('one that this person may read', () => {
	test('is shown with what it is made of, and what they may do to it', () => {
		expect(seen()).toMatchObject({
			code: 'I-053',
			status: 'draft',
			version: 1,
			wish: 'sentrum',
			months: 36,
			dwelling: { code: 'B-103' },
			case: { code: 'S-G5MQ' },
			source: { label: 'BR 71/26', item: placeOf('S-G5MQ').id },
			rights: { write: true, adopt: true, send: false },
			tracks: []
		});
		expect(seen(member()).rights).toEqual({ write: true, adopt: false, send: false });
	});

	test('does not exist for others: outsiders, who rules while it is a draft, the disqualified', () => {
		expectRefused(() => rows.read(ruler(), id), 'not_found');
		expectRefused(() => rows.read(actor('P11'), id), 'not_found');
		expectRefused(() => rows.read(chair(), 'none'), 'not_found');
		const closed = ofCase('S-V8RC')[0]!.id;
		expectRefused(() => rows.read(actor('P08'), closed), 'not_found');
		expect(ofCase('S-V8RC', actor('P08'))).toEqual([]);
	});

	test('shows who rules neither the item nor a way to it', () => {
		const sent = ofCase('S-T6ZB')[0]!;
		expect(sent.source.href).not.toBeNull();
		expect(seen(ruler(), sent.id).source).toMatchObject({ href: null, item: null });
	});

	test('can be sent on its tracks once it is adopted, by those who may', () => {
		recommendations.adopt(chair(), id, 1);
		expect(seen().rights).toEqual({ write: false, adopt: false, send: true });
		expect(seen().tracks.map(({ code, usual }) => [code, usual])).toContainEqual(['A', true]);
		expect(seen(member()).tracks).toEqual([]);
	});
});

test('who may not write is told whether it is that they may not, or that it is adopted', () => {
	rows.assertWritable(member(), rows.read(member(), id));
	recommendations.adopt(chair(), id, 1);
	expect(() => rows.assertWritable(member(), rows.read(member(), id))).toThrow('already_adopted');
});

test('a draft says what stands in its document, an adopted one what its row holds', () => {
	const text = rows.textOf(rows.read(chair(), id));
	expect(text).toBe(rows.composed(rows.read(chair(), id)));
	recommendations.adopt(chair(), id, 1);
	rows.put(id, { text: 'Noko anna' });
	expect(rows.textOf(rows.read(chair(), id))).toBe('Noko anna');
});

test('the text names what was found, what was considered and who was disqualified', () => {
	const text = rows.composed(rows.read(chair(), id));
	for (const part of ['B-103', 'sentrum', 'Ingen var inhabile.']) expect(text).toContain(part);
	expect(rows.recusedFrom(caseId('S-V8RC'))).toEqual([person('P08').id]);
	expect(rows.recusedFrom(caseId('S-G5MQ'))).toEqual([]);
	const other = ofCase('S-V8RC')[0]!;
	expect(other.text).toContain(person('P08').name);
});

test('they are found by their item, their case and their meeting', () => {
	expect(rows.atItem(placeOf('S-G5MQ').id)!.own.id).toBe(id);
	expect(rows.atItem(placeOf('S-2WHK').id)).toBeNull();
	expect(codes(ofCase('S-G5MQ'))).toEqual(['I-053']);
	expect(codes(rows.ofMeeting(chair(), boardMeeting('22/26'), 'nn'))).toEqual(['I-053']);
	expect(rows.ofMeeting(actor('P11'), boardMeeting('22/26'), 'nn')).toEqual([]);
});
