import { beforeEach, expect, test } from 'vitest';
import { transaction } from '#lib/server/db/index.ts';
import { openDemo } from '#lib/server/start/testing.ts';
import { check } from './check.ts';
import { idsOf } from './facts.ts';
import { renew, vouched } from './renewal.ts';
import { rows, run } from './testing.ts';

beforeEach(openDemo);

test('what agreed with the trail before a migration agrees with it afterwards', () => {
	const before = vouched(['case', 'action']);
	expect(before).toHaveLength(idsOf('case').length + idsOf('action').length);
	transaction(() => {
		run("UPDATE action SET what = what || ' (flytt)'");
		renew(before);
	});
	expect(check().findings).toEqual([]);
});

test('only what changed is noted, as the server’s own', () => {
	const before = vouched(['action']);
	const length = rows().length;
	const [id] = idsOf('action');
	transaction(() => {
		run("UPDATE action SET what = what || '.' WHERE id = ?", id);
		renew(before);
	});
	expect(rows().slice(length)).toMatchObject([
		{ verb: 'action.vouch', subject: `action:${id}`, person: null }
	]);
});

test('what did not agree before is not vouched for, and is still found', () => {
	const [id] = idsOf('action');
	run("UPDATE action SET what = what || '.' WHERE id = ?", id);
	const before = vouched(['action']);
	expect(before).not.toContain(`action:${id}`);
	transaction(() => {
		run("UPDATE action SET what = what || '!'");
		renew(before);
	});
	expect(check().findings).toEqual([{ kind: 'differs', subject: `action:${id}` }]);
});
