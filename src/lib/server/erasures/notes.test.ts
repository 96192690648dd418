import { beforeEach, expect, test } from 'vitest';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { speak } from '#lib/server/municipality/language.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as notes from './notes.ts';

beforeEach(openDemo);

const item = () => itemOf('S-K6YJ');
const place = (whole = false) => ({
	documentId: `agenda:${boardMeeting('22/26')}`,
	itemId: item(),
	epoch: 2,
	whole
});
const note = (at: Parameters<typeof notes.note>[1], who = 'P03') => {
	clock.set(clock.now() + 60_000);
	transaction(() => notes.note(actor(who).id, at, 'third_party'));
};
const finish = () => sqlite().exec('UPDATE erasure SET scrubbed_at = 1');

test('that something was erased in an item is told with who, when and why, the latest first', () => {
	note(place());
	finish();
	note(place(true), 'P04');
	expect(notes.ofItems([item()])).toMatchObject([
		{ item: item(), by: person('P04').name, reason: 'third_party', whole: true, finished: false },
		{ item: item(), by: person('P03').name, whole: false, finished: true }
	]);
	expect(notes.ofItems([itemOf('S-G5MQ')])).toEqual([]);
});

test('beside a case’s items it is told in words, and said when files may still hold it', () => {
	note({ caseId: caseId('S-K6YJ') });
	const lines = () => speak('nn', () => notes.linesOfCase(caseId('S-K6YJ')));
	const [unfinished] = lines();
	expect(unfinished).toContain(person('P03').name);
	finish();
	const [finished] = lines();
	expect(unfinished!.startsWith(finished!)).toBe(true);
	expect(unfinished).not.toBe(finished);
	expect(notes.linesOfCase(caseId('S-G5MQ'))).toEqual([]);
});

test('commands that are remembered are forgotten: their digests could tell what was there', () => {
	sqlite().exec("INSERT INTO command (digest, answer, at) VALUES ('d', '{}', 1)");
	note(place());
	expect(sqlite().prepare('SELECT count(*) FROM command').pluck().get()).toBe(0);
});
