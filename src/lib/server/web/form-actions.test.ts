import * as v from 'valibot';
import { expect, test } from 'vitest';
import { checkbox, date, id, optionalId, several } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import { attempt, formAction, formQuestion, GoTo, parse, show } from './form-actions.ts';

function form(fields: [string, string | string[]][]) {
	return new Map(fields);
}

const shape = v.object({ who: id, when: date, urgent: checkbox, about: optionalId, tags: several });
const who = '3f2c1a60-0000-4000-8000-000000000001';

test('a form is parsed once, into values of the right kind', () => {
	const data = form([
		['who', who],
		['when', '2026-12-01'],
		['about', ''],
		['tags', ['a', 'b']]
	]);
	expect(parse(shape, data)).toEqual({
		who,
		when: '2026-12-01',
		urgent: false,
		about: null,
		tags: ['a', 'b']
	});
});

test.each([
	['who', 'P03'],
	['when', '2026-13-40'],
	['when', '2026-02-30'],
	['about', 'somebody']
])('a form with %s = %s is refused by field', (field, value) => {
	const data = form([
		['who', who],
		['when', '2026-12-01']
	]);
	data.set(field, value);
	expect(() => parse(shape, data)).toThrow(
		expect.objectContaining({ reason: 'bad_input', place: { field } })
	);
});

test('a refused deed becomes a failure by name; what does not exist stays a 404', () => {
	const failed = attempt(() => {
		throw new Refusal('text_too_long', { field: 'what' });
	});
	expect(failed).toMatchObject({
		status: 400,
		data: { refusal: { reason: 'text_too_long', field: 'what' } }
	});
	const missing = () => {
		throw new Refusal('not_found');
	};
	expect(() => attempt(missing)).toThrow(expect.objectContaining({ status: 404 }));
	expect(() => show(missing)).toThrow(expect.objectContaining({ status: 404 }));
});

test('a fault is no refusal', () => {
	expect(() =>
		attempt(() => {
			throw new TypeError('broken');
		})
	).toThrow('broken');
});

test('a disk that refuses is said at the form, and written down', () => {
	const lines = catchLog();
	const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
	const said = attempt(() => {
		throw full;
	});
	expect(said).toMatchObject({ status: 503, data: { refusal: { reason: 'storage_refuses' } } });
	expect(lines.join()).toContain('door.storage');
});

const actor = { id: who } as NonNullable<App.Locals['actor']>;

/** Sends a form to an action, as a browser without scripts does. */
function send(
	action: ReturnType<typeof formAction>,
	fields: Record<string, string>,
	headers: Record<string, string> = {}
) {
	const url = new URL('http://here/forums/br?/plan');
	const body = new URLSearchParams(fields);
	const request = new Request(url, { method: 'POST', body, headers });
	const locals = { actor, session: null, language: 'nn' } as const;
	return action({ request, url, locals, params: { code: 'br' } });
}

test('a form with a one-time id is carried out once, one without each time', async () => {
	openTestDatabase();
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	let made = 0;
	const action = formAction(v.object({ title: v.string() }), () => ({ made: ++made }));
	expect(await send(action, { title: 'a', _id: 'one' })).toEqual({ done: true, made: 1 });
	expect(await send(action, { title: 'a', _id: 'one' })).toEqual({ done: true, made: 1 });
	expect(await send(action, { title: 'b', _id: 'one' })).toEqual({ done: true, made: 2 });
	expect(await send(action, { title: 'b' })).toEqual({ done: true, made: 3 });
});

test('a form that leads on leads there again when it is sent again', async () => {
	openTestDatabase();
	let made = 0;
	const action = formAction(v.object({}), () => new GoTo(`/cases/${++made}`));
	const there = expect.objectContaining({ status: 303, location: '/cases/1' });
	await expect(send(action, { _id: 'one' })).rejects.toEqual(there);
	await expect(send(action, { _id: 'one' })).rejects.toEqual(there);
});

test('a form that asks is not noted, and may answer with words', async () => {
	openTestDatabase();
	const action = formQuestion(v.object({}), () => ({ found: ['words that somebody wrote'] }));
	expect(await send(action, { _id: 'one' })).toMatchObject({ found: expect.anything() });
	expect(sqlite().prepare('SELECT count(*) FROM command').pluck().get()).toBe(0);
});

test('what was sent comes back with a refusal only to a page without scripts', async () => {
	openTestDatabase();
	const action = formAction(v.object({ title: v.string() }), () => {
		throw new Refusal('missing_text', { field: 'title' });
	});
	const sent = { title: ' ', _id: 'one', _form: '?/plan' };
	expect(await send(action, sent)).toMatchObject({ status: 400, data: { sent } });
	const scripted = await send(action, sent, { 'x-sveltekit-action': 'true' });
	expect(scripted).not.toHaveProperty('data.sent');
});

test('whoever is not signed in is refused before the form is read', async () => {
	const request = new Request('http://here/', { method: 'POST', body: 'a=b' });
	const event = { request, url: new URL(request.url), params: {} };
	const locals = { actor: null, session: null, language: 'nn' } as const;
	const action = formAction(v.object({}), () => undefined);
	await expect(action({ ...event, locals })).rejects.toMatchObject({ status: 401 });
	expect(request.bodyUsed).toBe(false);
});
