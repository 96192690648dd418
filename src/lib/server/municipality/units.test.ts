import { beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as people from './people.ts';
import * as units from './units.ts';

const [own, other, guest] = ['office', 'team', 'bank'];

beforeEach(() => {
	openTestDatabase();
	units.add({ id: own, code: 'BK', name: 'Bustadkontoret', kind: 'eining' });
	units.add({ id: other, code: 'A', name: 'Aktivitetsteamet', kind: 'team' });
	units.add({ id: guest, code: 'HB', name: 'Banken', kind: 'ekstern', outside: true });
	for (const outside of [true, false])
		people.add({
			id: outside ? 'visitor' : 'employee',
			code: outside ? 'P2' : 'P1',
			name: 'Prøve',
			title: 'Prøve',
			unitId: own,
			outside
		});
});

test('those that can answer for something are listed by name, for those who may look them up', () => {
	expect(units.directory(people.actor('employee')!)).toEqual([
		{ id: other, code: 'A', name: 'Aktivitetsteamet' },
		{ id: own, code: 'BK', name: 'Bustadkontoret' }
	]);
	expect(units.directory(people.actor('visitor')!)).toEqual([]);
	expect(units.names().get(guest)).toBe('Banken');
});

test('a unit of somebody else’s, or none, is refused by its field', () => {
	units.assertKnown(own, 'unit');
	for (const id of [guest, 'none'])
		expect(() => units.assertKnown(id, 'unit')).toThrow(
			expect.objectContaining({ reason: 'unknown_unit', place: { field: 'unit' } })
		);
});

test('whoever leads a unit has it among what they lead', () => {
	expect(people.actor('employee')!.leads).toEqual([]);
	setup.setLeader(own, 'employee');
	setup.setParent(other, own);
	expect(people.actor('employee')!.leads).toEqual([own]);
});

test('the municipality is nobody’s until it has been set up', () => {
	expect(units.ours()).toBeNull();
	units.setUp({ id: 1, name: 'Sunnøy', language: 'nn', timeZone: 'Europe/Oslo' });
	expect(units.ours()).toMatchObject({ name: 'Sunnøy', language: 'nn' });
});
