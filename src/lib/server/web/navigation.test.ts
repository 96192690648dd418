import { beforeEach, expect, test } from 'vitest';
import { languages } from '#lib/domain/language.ts';
import { speak } from '#lib/server/municipality/language.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import * as navigation from './navigation.ts';

beforeEach(openDemo);

const places = (who: string) => navigation.placesOf(actor(who)).map(({ href }) => href);
const everybodys = ['/', '/forums', '/actions'];
const employees = ['/', '/forums', '/actions', '/decisions', '/responsibilities'];

test.each([
	['a member of the council', 'P05', ['/', '/forums', '/cases', ...employees.slice(2)]],
	['who rules', 'P02', ['/', '/forums', '/rulings', ...employees.slice(2)]],
	['an employee without forums', 'P14', employees],
	['whoever looks after the server', 'P23', [...employees, '/operation']],
	['a speaker from outside', 'P20', everybodys]
])('the menu of %s', (_, who, expected) => {
	expect(places(who)).toEqual(expected);
});

test('each place is named in the language of the request', () => {
	const names = languages.map((language) =>
		speak(language, () => navigation.placesOf(actor('P03')).map(({ label }) => label))
	);
	expect(new Set(names.map(String)).size).toBe(3);
	for (const name of names.flat()) expect(name).not.toBe('');
	expect(new Set(languages.map((one) => speak(one, navigation.accountName))).size).toBeGreaterThan(
		1
	);
});

test('from a meeting one goes to its notice, its calendar file, its screen; to its versions who may know who wrote', () => {
	const links = (who: string) => navigation.linksOf(actor(who), 'm').map(({ href }) => href);
	const all = ['notice', 'call.ics', 'screen', 'versions'].map((rest) => `/meetings/m/${rest}`);
	expect(links('P05')).toEqual(all);
	expect(links('P20')).toEqual(all.slice(0, 3));
});
