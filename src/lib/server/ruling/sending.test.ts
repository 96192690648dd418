import { beforeEach, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
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
import { actor, openDemo } from '#lib/server/start/testing.ts';
import { send } from './sending.ts';

useTrail();
let id: string;
beforeEach(() => {
	openDemo();
	openBoard();
	id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
});

const adopt = () => recommendations.adopt(chair(), id, 1);
const opened = () =>
	sqlite()
		.prepare('SELECT code, track, status FROM ruling WHERE recommendation = ? ORDER BY track')
		.raw()
		.all(id) as string[][];

test('on its usual tracks it waits to be ruled on, and whoever rules sees the card from now on', () => {
	adopt();
	expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(false);
	send(secretary(), id);
	expect(opened()).toEqual([['V-102', 'A', 'waiting']]);
	expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(true);
	expect(progress.stateOf(caseId('S-G5MQ'))).toBe('to_ruling');
	const noted = sqlite()
		.prepare('SELECT person, deed AS verb FROM audit WHERE thing = ?')
		.all(`recommendation:${id}`);
	expect(noted).toContainEqual({ person: secretary().id, verb: 'recommendation.send' });
});

test('on the tracks that its sender chooses, each once, under the codes that they have elsewhere', () => {
	adopt();
	send(chair(), id, ['B', 'A', 'B'], { B: 'V-777' });
	expect(opened().map(([, track]) => track)).toEqual(['A', 'B']);
	expect(opened()[1]![0]).toBe('V-777');
});

test('is refused by name, and then nothing changes', () => {
	expectRefused(() => send(chair(), id), 'wrong_state');
	adopt();
	expectRefused(() => send(member(), id), 'not_allowed');
	expectRefused(() => send(actor('P11'), id), 'not_found');
	expectRefused(() => send(chair(), id, []), 'missing_choice');
	expectRefused(() => send(chair(), id, ['none']), 'unknown_choice');
	send(chair(), id);
	expectRefused(() => send(chair(), id), 'already_done');
});

test('what the council puts off is not sent', () => {
	const other = recommendations.save(
		secretary(),
		placeOf('S-2WHK'),
		allocation({ outcome: 'put_off', dwelling: null, months: null })
	);
	recommendations.adopt(chair(), other, 1);
	expectRefused(() => send(chair(), other), 'wrong_state');
});
