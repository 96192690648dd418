import { beforeEach, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import { placesOf } from './case-words.ts';
import { erasePlaces } from './places.ts';

useTrail();
beforeEach(openDemo);

const found = (code: string, ...passages: string[]) => placesOf(caseId(code), passages);
const labels = (code: string, passage: string) =>
	found(code, passage).map(({ kind, label }) => [kind, label]);

test('rulings, steps and actions of a case that hold a passage are found, with the lines', () => {
	expect(labels('S-Q9DL', 'husleigelova')).toEqual([['ruling', 'V-097']]);
	expect(found('S-Q9DL', 'husleigelova')[0]!.hits[0]!.line).toContain('§ 11-1');
	expect(labels('S-Q9DL', 'Startlånssamtale')).toEqual([['action', 'O-14']]);
	progress.step(actor('P03'), 'S-2WHK', 'put_off', { reason: 'Ventar på svar frå Kari Nordmann' });
	expect(labels('S-2WHK', 'Kari Nordmann')).toEqual([['step', 'put_off']]);
});

test('of another case nothing is found, nor what stands nowhere', () => {
	expect(found('S-T6ZB', 'husleigelova')).toEqual([]);
	expect(found('S-Q9DL', 'kanarifugl')).toEqual([]);
	progress.step(actor('P03'), 'S-2WHK', 'put_off', { reason: 'Ventar på Kari Nordmann' });
	expect(found('S-G5MQ', 'Kari Nordmann')).toEqual([]);
});

test('each can be taken out, and what is beside it stays', () => {
	progress.step(actor('P03'), 'S-Q9DL', 'close');
	progress.step(actor('P03'), 'S-Q9DL', 'reopen', { reason: 'Etter husleigelova, på nytt' });
	const places = found('S-Q9DL', 'husleigelova');
	expect(places.map(({ kind }) => kind).sort()).toEqual(['ruling', 'step']);
	transaction(() => erasePlaces(actor('P03').id, places));
	expect(found('S-Q9DL', 'husleigelova')).toEqual([]);
	const said = sqlite().prepare("SELECT content, reason FROM ruling WHERE code = 'V-097'").get();
	expect(JSON.stringify(said)).toContain('ny kontrakt 3 år');
});
