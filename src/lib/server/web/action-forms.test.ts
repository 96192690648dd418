import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import { actionForms, setDone } from './action-forms.ts';

beforeEach(openDemo);

const idOf = (code: string) =>
	sqlite().prepare('SELECT id FROM action WHERE code = ?').pluck().get(code) as string;
const row = (code: string) =>
	sqlite().prepare('SELECT status, due, waiting_for FROM action WHERE code = ?').get(code);

/** Sends a form as a browser without scripts does, about O-15. */
function send(form: keyof typeof actionForms, fields: Record<string, string>, who = 'P07') {
	const body = new URLSearchParams({ id: idOf('O-15'), ...fields });
	const request = new Request('http://samrad.test/actions/O-15', { method: 'POST', body });
	const event = { request, locals: { actor: actor(who) } as App.Locals, params: {} };
	return (actionForms[form] as (event: unknown) => Promise<unknown>)(event);
}
const refused = (reason: string) => ({ data: { refusal: { reason } } });

test('whoever answers says how it stands, and whom it waits for: a party, or in words', async () => {
	await send('status', { status: 'waiting', waitingText: 'utleigaren' });
	expect(row('O-15')).toMatchObject({ status: 'waiting', waiting_for: 'utleigaren' });
	const party = `person:${person('P05').id}`;
	await send('status', { status: 'waiting', waitingFor: party, waitingText: 'ikkje dette' });
	expect(row('O-15')).toMatchObject({ waiting_for: party });
});

test('done and not done again, from wherever a list of actions stands', async () => {
	await send('done', { done: 'true' });
	expect(row('O-15')).toMatchObject({ status: 'done' });
	await send('done', { done: 'false' });
	expect(row('O-15')).toMatchObject({ status: 'open' });
	expect(actionForms.done).toBe(setDone);
});

test('another deadline, a note, and handing over: each reaches its keeper', async () => {
	await send('due', { due: '2026-12-24', from: '2026-11-20' });
	expect(row('O-15')).toMatchObject({ due: '2026-12-24' });
	await send('note', { note: 'Ringt' });
	await send('offer', { to: `person:${person('P12').id}` });
	expect(await send('accept', {}, 'P07')).toMatchObject(refused('not_allowed'));
	await send('withdraw', {});
	await send('offer', { to: `person:${person('P12').id}` });
	await send('decline', { note: 'Har ikkje tid' }, 'P12');
	await send('offer', { to: `person:${person('P12').id}` });
	await send('accept', {}, 'P12');
	const steps = sqlite()
		.prepare('SELECT deed AS verb FROM action_event WHERE action = ? ORDER BY rowid')
		.pluck()
		.all(idOf('O-15')) as string[];
	expect(steps).toEqual(
		expect.arrayContaining(['due', 'note', 'offered', 'withdrawn', 'declined', 'accepted'])
	);
});

test('what makes no sense, and what is nobody’s business, is refused and changes nothing', async () => {
	const before = row('O-15');
	expect(await send('status', { status: 'lost' })).toMatchObject(refused('bad_input'));
	expect(await send('due', { due: '2026-13-01', from: '2026-11-20' })).toMatchObject(
		refused('bad_input')
	);
	expect(await send('done', { done: 'yes' })).toMatchObject(refused('bad_input'));
	await expect(send('done', { done: 'true' }, 'P20')).rejects.toMatchObject({ status: 404 });
	expect(row('O-15')).toEqual(before);
});
