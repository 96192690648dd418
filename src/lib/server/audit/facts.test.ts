import { beforeEach, expect, test } from 'vitest';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { openDemo } from '#lib/server/start/testing.ts';
import { digestOf, forgetKey, idsOf, kinds, sealedDigestOf } from './facts.ts';
import { run } from './testing.ts';

beforeEach(openDemo);

const ruling = () => `ruling:${idsOf('ruling')[0]}`;
const keys = () => sqlite().prepare('SELECT count(*) FROM audit_key').pluck().get() as number;

test('things are found by their kind; of kinds that nobody vouches for there are none', () => {
	// The story tells of no decision.
	expect(kinds.filter((kind) => idsOf(kind).length === 0)).toEqual(['decision']);
	expect(idsOf('talk')).toEqual([]);
});

test('the digest follows the rows of a thing, its other tables among them', () => {
	const before = digestOf(ruling());
	expect(before).toMatch(/^[0-9a-f]{64}$/);
	expect(digestOf(ruling())).toBe(before);
	const id = ruling().slice('ruling:'.length);
	run("UPDATE ruling SET reason = reason || '.' WHERE id = ?", id);
	expect(digestOf(ruling())).not.toBe(before);
});

test('a value that is null does not count, so that a new column changes nothing', () => {
	const before = digestOf(ruling());
	run('ALTER TABLE ruling ADD COLUMN added_later text');
	expect(digestOf(ruling())).toBe(before);
});

test('two things that hold the same have different digests, so that none tells of the other', () => {
	const [one, other] = idsOf('case').map((id) => `case:${id}`);
	const keyOf = (subject: string) =>
		sqlite().prepare('SELECT key FROM audit_key WHERE thing = ?').pluck().get(subject);
	expect(keyOf(one!)).not.toBe(keyOf(other!));
});

test('what is not there, and what nobody vouches for, has no digest and gets no key', () => {
	const before = keys();
	expect([digestOf('ruling:none'), digestOf('talk:none')]).toEqual(['', '']);
	expect(transaction(() => sealedDigestOf('talk:none'))).toBe('');
	expect(keys()).toBe(before);
});

test('once its key is forgotten a thing has no digest until it is sealed anew, with another', () => {
	const before = digestOf(ruling());
	forgetKey(ruling());
	expect(digestOf(ruling())).toBe('');
	const after = transaction(() => sealedDigestOf(ruling()));
	expect(after).toMatch(/^[0-9a-f]{64}$/);
	expect(after).not.toBe(before);
	expect(digestOf(ruling())).toBe(after);
});
