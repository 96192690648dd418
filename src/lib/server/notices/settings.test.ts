import { beforeEach, expect, test } from 'vitest';
import { usualQuiet } from '#lib/domain/quiet.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { expectRefused, openTestDatabase } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as settings from './settings.ts';

beforeEach(() => {
	openTestDatabase();
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	for (const id of ['anna', 'bo']) people.add({ id, code: id, name: id, title: '' });
});

const own = {
	digest: false,
	calls: true,
	quiet: { from: '20:00', until: '06:00', daysOff: false }
};
const lastNoted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
		.raw()
		.get();

function tokenOf(kind: 'digest' | 'call' | 'cancelled'): string {
	outbox.put('anna', kind, 'about');
	return outbox.claim(outbox.due().find((one) => one.kind === kind)!.id)!.token;
}

test('everybody gets everything, in quiet hours nothing, until they choose otherwise', () => {
	expect(settings.of('anna')).toEqual({ digest: true, calls: true, quiet: usualQuiet });
	settings.choose(people.actor('anna')!, own);
	expect(settings.of('anna')).toEqual(own);
	settings.choose(people.actor('anna')!, { ...own, digest: true });
	expect(settings.of('anna').digest).toBe(true);
	expect(settings.of('bo').quiet).toEqual(usualQuiet);
	expect(lastNoted()).toEqual(['anna', 'notices.choose', 'person:anna']);
});

test('that a meeting is cancelled is told to those who want to be called', () => {
	const wants = (kind: 'digest' | 'call' | 'cancelled') => settings.wants(own, kind);
	expect([wants('digest'), wants('call'), wants('cancelled')]).toEqual([false, true, true]);
});

test.each([
	['digest', 'digest'],
	['call', 'calls'],
	['cancelled', 'calls']
] as const)('who got a %s can say no to that kind without signing in: %s', (kind, what) => {
	const token = tokenOf(kind);
	expect(settings.offered(token)).toBe(what);
	settings.decline(token);
	expect(settings.of('anna')).toEqual({
		digest: true,
		calls: true,
		quiet: usualQuiet,
		[what]: false
	});
	expect(lastNoted()).toEqual(['anna', 'notices.decline', 'person:anna']);
});

test('a token that is none of ours says nothing, and changes nothing', () => {
	expectRefused(() => settings.offered('made-up'), 'not_found');
	expectRefused(() => settings.decline('made-up'), 'not_found');
});
