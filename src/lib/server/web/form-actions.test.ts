import * as v from 'valibot';
import { expect, test } from 'vitest';
import { checkbox, date, id, optionalId, several } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { localPath } from '#lib/server/auth/path.ts';
import * as log from '#lib/server/platform/log.ts';
import { attempt, parse, show } from './form-actions.ts';

function form(fields: [string, string][]): FormData {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value);
	return data;
}

const shape = v.object({ who: id, when: date, urgent: checkbox, about: optionalId, tags: several });
const who = '3f2c1a60-0000-4000-8000-000000000001';

test('a form is parsed once, into values of the right kind', () => {
	const data = form([
		['who', who],
		['when', '2026-12-01'],
		['about', ''],
		['tags', 'a'],
		['tags', 'b']
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

test.each([
	['/meetings/1?x=2', '/meetings/1?x=2'],
	['//evil.example', '/'],
	['/\\evil.example', '/'],
	['https://evil.example', '/'],
	[null, '/']
])('after signing in %s leads to %s', (to, path) => {
	expect(localPath(to)).toBe(path);
});

test('the log says what broke and where, never what somebody wrote', () => {
	const lines: string[] = [];
	log.redirect((line) => lines.push(line));
	log.fault('request', new Error('Ringje Kari om 14857134576'), { route: '/actions' });
	expect(lines[0]).toContain('"kind":"Error"');
	expect(lines[0]).toContain('/actions');
	expect(lines[0]).not.toContain('Kari');
});

test('a disk that refuses is said at the form, and written down', () => {
	const lines: string[] = [];
	log.redirect((line) => lines.push(line));
	const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
	const said = attempt(() => {
		throw full;
	});
	expect(said).toMatchObject({ status: 503, data: { refusal: { reason: 'storage_refuses' } } });
	expect(lines.join()).toContain('door.storage');
});
