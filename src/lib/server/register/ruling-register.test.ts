import { beforeEach, expect, test } from 'vitest';
import { may } from '#lib/domain/may.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import * as register from './ruling-register.ts';

beforeEach(openDemo);

const everything: register.RulingQuery = {
	status: 'any',
	track: null,
	period: null,
	q: '',
	page: 1
};
const browse = (as: string, asked: Partial<register.RulingQuery> = {}) =>
	register.browse(actor(as), { ...everything, ...asked }, 'nn');
const codes = (as: string, asked: Partial<register.RulingQuery> = {}) =>
	browse(as, asked).rulings.map(({ code }) => code);

test('who rules begins with what waits, the longest first', () => {
	expect(register.usual(actor('P02'))).toBe('waiting');
	expect(codes('P02', { status: 'waiting' })).toEqual(['V-099', 'V-101']);
	expect(register.usual(actor('P03'))).toBe('any');
});

test('it is filtered by how it stands, track and period, and searched by code', () => {
	expect(codes('P03', { status: 'depart' })).toEqual(['V-097']);
	expect(codes('P03', { status: 'appealed' })).toEqual(['V-095']);
	expect(codes('P03', { status: 'sent_back' })).toEqual(['V-100']);
	expect(codes('P03', { track: 'B' })).toEqual(['V-098', 'V-096', 'V-092', 'V-091']);
	expect(codes('P03', { q: 'S-P4XD' })).toEqual(['V-091', 'V-090']);
	expect(codes('P03', { period: '2025' })).toEqual([]);
	const { filters } = browse('P03');
	for (const { value, count } of filters)
		expect(browse('P03', { status: value }).total).toBe(count);
});

test('everybody finds just what may() lets them read, and the disqualified nothing of their case', () => {
	for (const { code } of people.everybody()) {
		const readable = rulingRows
			.query()
			.all()
			.filter((row) => may(actor(code), 'read', rulingRows.subject(row)))
			.map(({ own }) => own.code);
		expect(codes(code).sort(), code).toEqual(readable.sort());
	}
	expect(codes('P05', { q: 'S-V8RC' })).toEqual(['V-094']);
	expect(codes('P08', { q: 'S-V8RC' })).toEqual([]);
});

test('it is there for who rules and for those who work with cases', () => {
	const there = ['P02', 'P03', 'P05', 'P12', 'P15', 'P20', 'P23'].filter((one) =>
		register.mayBrowse(actor(one))
	);
	expect(there).toEqual(['P02', 'P03', 'P05']);
});
