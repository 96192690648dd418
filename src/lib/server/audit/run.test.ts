import { beforeEach, expect, test } from 'vitest';
import { openTestDatabaseOnDisk } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import * as audit from './audit.ts';
import { check } from './check.ts';
import { run } from './run.ts';
import { last, run as write, unguarded } from './testing.ts';

beforeEach(() => {
	openTestDatabaseOnDisk();
	for (const administrator of [true, false])
		people.add({
			id: administrator ? 'administrator' : 'somebody',
			code: administrator ? 'P1' : 'P2',
			name: 'Prøve',
			title: 'Prøve',
			administrator
		});
	audit.record(null, 'talk.place', 'talk:none');
});

test('another process goes through the trail and says what it found', async () => {
	const { seq } = last();
	unguarded(() => write("UPDATE audit SET deed = 'x' WHERE seq = ?", seq));
	const report = await run(people.actor('administrator')!);
	expect(report).toEqual(check());
	expect(report!.findings).toContainEqual({ kind: 'altered', seq });
});

test('is refused to whoever may not read the trail', () => {
	expect(() => run(people.actor('somebody')!)).toThrow('not_found');
});

test('a check that cannot be done is none, and written down', async () => {
	const lines = catchLog();
	write('DROP TABLE audit');
	expect(await run(people.actor('administrator')!)).toBeNull();
	expect(lines.join()).toContain('audit.check');
});
