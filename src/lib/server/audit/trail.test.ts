import { beforeEach, expect, test } from 'vitest';
import { transaction } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as audit from './audit.ts';
import * as seals from './seals.ts';
import { rows } from './testing.ts';
import { browse, pageSize, type TrailQuery } from './trail.ts';

beforeEach(openDemo);

const all: TrailQuery = { kind: null, subject: null, person: null, from: null, to: null, page: 1 };
const see = (asked: Partial<TrailQuery> = {}, who = 'P23') =>
	browse(actor(who), { ...all, ...asked });

test('shows pages of it, the latest first, and where it stands', () => {
	const [first, second] = [see(), see({ page: 2 })];
	expect(first.total).toBe(rows().length);
	expect(first.rows).toHaveLength(pageSize);
	expect(first.rows[0]!.seq).toBe(first.total);
	expect(second.rows[0]!.seq).toBe(first.total - pageSize);
	expect(first.head).toEqual(seals.head());
	expect(first.rows[0]!.hash).toBe(first.head!.hash);
});

test('is for whoever looks after the server, and for nobody else', () => {
	for (const who of ['P01', 'P02', 'P03', 'P20']) expect(() => see({}, who)).toThrow('not_found');
});

test('can be narrowed to a kind, a thing, a person', () => {
	const subject = rows().find((row) => row.subject.startsWith('ruling:'))!.subject;
	expect(new Set(see({ kind: 'ruling' }).rows.map((row) => row.subject.split(':')[0]))).toEqual(
		new Set(['ruling'])
	);
	expect(see({ subject }).rows.every((row) => row.subject === subject)).toBe(true);
	const ruler = person('P02');
	const { rows: theirs, total } = see({ person: ruler.id });
	expect(total).toBe(rows().filter((row) => row.person === ruler.id).length);
	expect(new Set(theirs.map(({ by }) => by))).toEqual(new Set([ruler.name]));
});

test('both days of a span are in it, as days are counted in Norway', () => {
	const at = (moment: string) =>
		clock.at(Date.parse(moment), () =>
			transaction(() => audit.record(null, 'case.step', `case:${moment}`))
		);
	// An hour before UTC's midnight it is the next day in Norway.
	at('2027-02-09T22:59:00Z');
	at('2027-02-09T23:00:00Z');
	at('2027-02-10T22:59:00Z');
	at('2027-02-10T23:00:00Z');
	const seen = see({ from: '2027-02-10', to: '2027-02-10' }).rows.map((row) => row.subject);
	expect(seen).toEqual(['case:2027-02-10T22:59:00Z', 'case:2027-02-09T23:00:00Z']);
});

test('of a thing as much of its id is told as tells it from others; what the server does has no name', () => {
	audit.record(null, 'case.step', 'case:0123456789');
	expect(see().rows[0]).toMatchObject({ subject: 'case:0123456789', short: '01234567', by: null });
});
