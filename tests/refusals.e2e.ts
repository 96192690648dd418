import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import { addItem, agendaItems, titleOf } from '../src/lib/domain/agenda.ts';
import { limits } from '../src/lib/domain/document.ts';
import { Close, Message, Sync } from '../src/lib/domain/wire.ts';
import { caller, type Caller, dial, ending, get, post, send, stranger } from './callers.ts';
import { messagesIn } from './messages.ts';
import { frame, Peer, update } from './peers.ts';
import { expect, openItem, openMeeting, signIn, test } from './people.ts';
import { caseId, forumId, itemId, meetingId, personId, rows, stored } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

const [nn, nb, en] = [messagesIn('nn'), messagesIn('nb'), messagesIn('en')];
const languages = { nn, nb, en };

let server: RunningServer;
let solveig: Caller;

test.beforeAll(async () => {
	server = await startServer();
	solveig = await caller(server, 'P03');
});
test.afterAll(() => server.stop());

const nothing = '00000000-0000-4000-8000-000000000000';
const meeting = () => `/meetings/${meetingId(server, 'BR', '22/26')}`;
const unit = () => String(rows(server, "SELECT id FROM unit WHERE code = 'BK'")[0]?.id);

type Fields = Record<string, string | string[]>;

/** Forms as they should be; each refusal below spoils one field of one of them. */
const forms = {
	action: () => ({
		path: `${meeting()}?/action`,
		fields: {
			item: itemId(server, 'BR 76/26'),
			what: 'Ringe utleigar',
			responsible: `person:${personId(server, 'P07')}`,
			due: '2026-12-11',
			case: ''
		}
	}),
	putCase: () => ({
		path: `${meeting()}?/putCase`,
		fields: { case: caseId(server, 'S-B5NX'), title: 'Busetjing' }
	}),
	done: () => ({
		path: '/actions?/done',
		fields: {
			id: String(rows(server, "SELECT id FROM action WHERE code = 'O-06'")[0]?.id),
			done: 'true'
		}
	}),
	newCase: () => ({
		path: '/cases/new',
		fields: {
			forum: forumId(server, 'BR'),
			household: 'single',
			age: '30-49',
			situation: 'homeless',
			bedrooms: '1',
			followUp: '1',
			monthIn: '2026-10',
			unit: unit()
		}
	}),
	addMember: () => ({
		path: '/forums/br?/addMember',
		fields: { person: personId(server, 'P18'), role: 'observer' }
	}),
	changeRole: () => ({
		path: '/forums/br?/changeRole',
		fields: { person: personId(server, 'P04'), role: 'member' }
	}),
	removeMember: () => ({
		path: '/forums/br?/removeMember',
		fields: { person: personId(server, 'P04') }
	}),
	language: () => ({ path: '/language', fields: { language: 'nn' } })
} satisfies Record<string, () => { path: string; fields: Fields }>;

type Form = keyof typeof forms;

/** The page's script asks so that the answer can be read: which refusal, and where. */
async function refusalOf(answer: Response): Promise<string | undefined> {
	return /"([a-z]+(?:_[a-z]+)+)"/.exec((await answer.text()).replaceAll('\\', ''))?.[1];
}

const byScript = { accept: 'application/json', 'x-sveltekit-action': 'true' };
const long = 'a'.repeat(limits.title + 1);

const spoilt: [string, Form, Fields, string, number?][] = [
	['a title that is too long', 'putCase', { title: long }, 'text_too_long'],
	['a title of nothing but blanks', 'putCase', { title: '   ' }, 'missing_text'],
	['a case that there is not', 'putCase', { case: nothing }, 'unknown_case'],
	['a case by its code', 'putCase', { case: 'S-B5NX' }, 'bad_input'],
	['a title twice', 'putCase', { title: ['Ein', 'To'] }, 'bad_input'],
	['an endless title', 'putCase', { title: 'a'.repeat(6000) }, 'bad_input'],
	['a deadline in the past', 'action', { due: '2026-11-22' }, 'bad_date'],
	['a day that there is not', 'action', { due: '2026-02-31' }, 'bad_input'],
	['a date as people write it', 'action', { due: '11.12.2026' }, 'bad_input'],
	['nothing to do', 'action', { what: ' \n ' }, 'missing_text'],
	['too much to do', 'action', { what: 'a'.repeat(limits.what + 1) }, 'text_too_long'],
	['nobody responsible', 'action', { responsible: '' }, 'unknown_person'],
	['a person that there is not', 'action', { responsible: `person:${nothing}` }, 'unknown_person'],
	['a unit that there is not', 'action', { responsible: `unit:${nothing}` }, 'unknown_unit'],
	['an item that is no id', 'action', { item: 'BR 76/26' }, 'bad_input'],
	['an item that there is not', 'action', { item: nothing }, 'not_found', 404],
	['a case that there is not', 'action', { item: '', case: nothing }, 'unknown_case'],
	['an action that there is not', 'done', { id: nothing }, 'not_found', 404],
	['neither done nor open', 'done', { done: 'maybe' }, 'bad_input'],
	['a household that is on no list', 'newCase', { household: 'castle' }, 'unknown_choice'],
	['a measure that is on no list', 'newCase', { measures: ['advice', 'luck'] }, 'unknown_choice'],
	['a month to come', 'newCase', { monthIn: '2026-12' }, 'bad_date'],
	['a thirteenth month', 'newCase', { monthIn: '2026-13' }, 'bad_input'],
	['a day for a month', 'newCase', { monthIn: '2026-10-05' }, 'bad_input'],
	['a unit that there is not', 'newCase', { unit: nothing }, 'unknown_unit'],
	['a forum that handles no cases', 'newCase', { forum: nothing }, 'not_found', 404],
	['a role that there is not', 'addMember', { role: 'king' }, 'bad_input'],
	['a person that there is not', 'addMember', { person: nothing }, 'unknown_person'],
	['a person that is no id', 'addMember', { person: 'P18' }, 'bad_input'],
	['a member a second time', 'addMember', { person: '' }, 'bad_input'],
	['somebody who is no member', 'removeMember', { person: nothing }, 'unknown_person']
];

for (const [what, form, change, reason, status] of spoilt)
	test(`${what} in the form ${form} is refused as ${reason}, and nothing is stored`, async () => {
		const { path, fields } = forms[form]();
		const before = stored(server);
		const wrong = { ...fields, ...change };
		const answer = await post(solveig, path, wrong, byScript);
		expect(await refusalOf(answer)).toBe(reason);
		const plain = await post(solveig, path, wrong);
		if (status) expect(plain.status).toBe(status);
		else expect([400, 403, 409]).toContain(plain.status);
		expect(stored(server)).toEqual(before);
	});

test('the forum keeps its chair, and a case stands once on an agenda', async () => {
	const before = stored(server);
	const chair = personId(server, 'P03');
	for (const [path, fields, reason] of [
		['/forums/br?/removeMember', { person: chair }, 'last_chair'],
		['/forums/br?/changeRole', { person: chair, role: 'observer' }, 'last_chair'],
		['/forums/br?/addMember', { person: chair, role: 'member' }, 'already_member'],
		[`${meeting()}?/putCase`, { case: caseId(server, 'S-K6YJ'), title: 'Igjen' }, 'case_has_item'],
		['/forums/obg?/addMember', { person: personId(server, 'P18'), role: 'member' }, 'not_allowed']
	] as const)
		expect(await refusalOf(await post(solveig, path, fields, byScript)), path).toBe(reason);
	expect(stored(server)).toEqual(before);
});

test('a form with a field missing, or with nothing in it, is refused and stores nothing', async () => {
	const before = stored(server);
	const optional = ['item', 'case'];
	for (const name of Object.keys(forms) as Form[]) {
		const { path, fields } = forms[name]();
		const missing = Object.keys(fields).filter((field) => !optional.includes(field));
		for (const field of missing) {
			const rest: Fields = Object.fromEntries(
				Object.entries(fields).filter(([other]) => other !== field)
			);
			const { status } = await post(solveig, path, rest);
			expect(status, `${name} without ${field}`).toBe(400);
		}
		expect((await post(solveig, path, {})).status, `${name}, empty`).toBe(400);
	}
	expect(stored(server)).toEqual(before);
});

test('a body that is no form is refused, and is no fault of ours', async () => {
	const before = stored(server);
	const origin = server.url;
	const bodies: [string, string, string][] = [
		['JSON', 'application/json', '{"what":"x"}'],
		['plain text', 'text/plain', 'what=x'],
		[
			'a form cut short',
			'multipart/form-data; boundary=x',
			'--x\r\nContent-Disposition: form-data;'
		],
		['a form without a boundary', 'multipart/form-data', 'what=x'],
		['no type at all', '', 'what=x']
	];
	for (const name of [...(Object.keys(forms) as Form[]), 'signIn' as const])
		for (const [what, type, body] of bodies) {
			const path = name === 'signIn' ? '/sign-in/demo' : forms[name]().path;
			const headers = { origin, ...(type ? { 'content-type': type } : {}) };
			const answer = await send(solveig, path, body, headers);
			expect.soft([400, 415], `${what} as ${name}: ${answer.status}`).toContain(answer.status);
		}
	for (const name of ['action', 'language'] as const) {
		const { path, fields } = forms[name]();
		const heavy = await post(solveig, path, { ...fields, what: 'a'.repeat(600_000) });
		expect(heavy.status, `600 kB as ${name}`).toBe(413);
	}
	expect(server.output()).not.toMatch(/"level":"(error|fault)"/);
	expect(stored(server)).toEqual(before);
});

test('addresses of nothing are not found, whatever they look like', async () => {
	for (const path of [
		`/meetings/${nothing}`,
		'/meetings/22',
		`/meetings/${meeting().slice(10).toUpperCase()}`,
		"/meetings/'%20OR%201=1",
		'/cases/S-2222',
		'/cases/s-k6yj%00',
		'/forums/xyz',
		'/forums/%2e%2e%2f',
		'/nothing/here',
		'/live/events'
	])
		expect((await get(solveig, path)).status, path).toBe(404);
	for (const path of ['/cases/%E0%A4%A', '/meetings/%FF'])
		expect([400, 404], path).toContain((await get(solveig, path)).status);
	expect((await get(solveig, '/actions?scope=everything&status=%00')).status).toBe(200);
});

test('what does not come from our own pages is refused, whatever it is', async () => {
	const before = stored(server);
	const own = server.url;
	const foreign: [string, Record<string, string>][] = [
		['no origin', {}],
		['another origin', { origin: 'https://evil.example' }],
		['no origin in particular', { origin: 'null' }],
		['another port', { origin: 'http://127.0.0.1:1' }],
		['another name of this machine', { origin: own.replace('127.0.0.1', 'localhost') }],
		['our origin from another site', { origin: own, 'sec-fetch-site': 'cross-site' }],
		['our origin from the same site', { origin: own, 'sec-fetch-site': 'same-site' }],
		['our origin typed in', { origin: own, 'sec-fetch-site': 'none' }]
	];
	const types = [
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'text/plain',
		'application/json',
		''
	];
	const paths = ['/sign-in/demo', '/sign-out', ...Object.values(forms).map((form) => form().path)];
	const fields = { ...forms.action().fields, person: 'P04', language: 'en' };
	const body = new URLSearchParams(fields).toString();
	for (const [who, headers] of foreign) {
		for (const path of paths)
			for (const type of types) {
				const given = { ...headers, ...(type ? { 'content-type': type } : {}) };
				const answer = await send(solveig, path, body, given);
				expect(answer.status, `${who}: ${type} to ${path}`).toBe(403);
				expect(answer.headers.get('set-cookie')).toBeNull();
			}
		for (const method of ['PUT', 'PATCH', 'DELETE'])
			expect((await send(solveig, '/sign-out', body, headers, method)).status).toBe(403);
	}
	expect((await get(solveig, '/')).status).toBe(200);
	expect(stored(server)).toEqual(before);
});

test('somebody unknown is not signed in, and no language is made up', async () => {
	for (const person of ['P99', 'p03', '', 'P03 ', 'Solveig Testvik']) {
		const answer = await post(stranger(server), '/sign-in/demo', { person });
		expect(answer.status, person).toBe(400);
		expect(answer.headers.get('set-cookie')).toBeNull();
	}
	for (const language of ['xx', 'NN', '', 'nn-NO', '__proto__', 'constructor']) {
		for (const who of [solveig, stranger(server)]) {
			const answer = await post(who, '/language', { language });
			expect(answer.status, language).toBe(400);
			expect(answer.headers.get('set-cookie')).toBeNull();
		}
	}
	const [row] = rows(server, "SELECT language FROM person WHERE code = 'P03'");
	expect(row?.language ?? 'nn').toBe('nn');
	for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:0'])
		expect((await post(solveig, '/language', { language: 'nn', to })).headers.get('location')).toBe(
			'/'
		);
});

const secrets = [
	{ text: 'Ringe 14857134576 i morgon', found: '14857134576', kind: 'identifier_national_id' },
	{ text: 'Møtast i Prøvevegen 12', found: 'Prøvevegen 12', kind: 'identifier_street_address' },
	{ text: 'Ringe 912 34 567', found: '912 34 567', kind: 'identifier_phone' }
] as const;

/** What the page says of it, in its own words. */
function sentence(words: typeof nn, { text, found, kind }: (typeof secrets)[number]): string {
	const from = text.indexOf(found);
	return words.refusal_identifier_found
		.replace('{kind}', words[kind])
		.replace('{from}', String(from + 1))
		.replace('{to}', String(from + found.length));
}

async function choose(page: Page, language: string): Promise<void> {
	await page.goto('/forums');
	await page.locator(`button[name=language][value=${language}]`).click();
	await expect(page.locator('html')).toHaveAttribute('lang', language);
}

for (const [language, words] of Object.entries(languages))
	test(`what points out a person is stopped at the form, and said so in ${language}`, async ({
		browser
	}) => {
		const before = stored(server);
		const page = await signIn(browser, server, 'P05');
		await choose(page, language);
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, '4');
		await page.getByRole('button', { name: words.action_new }).click();
		const form = page.getByRole('form', { name: words.action_new });
		const what = form.getByLabel(words.action_column_what);
		await form.getByLabel(words.action_column_responsible).selectOption({ index: 1 });
		for (const secret of secrets) {
			await what.fill(secret.text);
			await form.getByRole('button', { name: words.action_create }).click();
			await expect(form.getByRole('alert')).toHaveText(sentence(words, secret));
			// What was written is still there, to be put right.
			await expect(what).toHaveValue(secret.text);
		}
		await page.locator('.list > details > summary').click();
		const put = page.locator('form[action="?/putCase"]');
		const option = put.locator('option', { hasText: 'S-B5NX' });
		await put.locator('select').selectOption((await option.getAttribute('value')) ?? '');
		await put.locator('input[name=title]').fill(secrets[0].text);
		await put.getByRole('button').click();
		await expect(put.getByRole('alert')).toHaveText(sentence(words, secrets[0]));
		expect(stored(server)).toEqual(before);
		await choose(page, 'nn');
	});

test('a refusal is said without scripts as well', async () => {
	const before = stored(server);
	const said: [string, Fields, string][] = [
		[forms.putCase().path, { ...forms.putCase().fields, title: long }, nn.refusal_text_too_long],
		[forms.newCase().path, { ...forms.newCase().fields, age: '7' }, nn.refusal_unknown_choice],
		['/forums/br?/removeMember', { person: personId(server, 'P03') }, nn.refusal_last_chair]
	];
	for (const [path, fields, text] of said) {
		const answer = await post(solveig, path, fields);
		expect(answer.headers.get('content-type')).toContain('text/html');
		expect.soft(await answer.text(), path).toContain(text);
	}
	expect(stored(server)).toEqual(before);
});

test('a title that is too long for its field cannot be typed, and is refused if it is sent', async ({
	browser
}) => {
	const before = stored(server);
	const page = await signIn(browser, server, 'P04');
	await openMeeting(page, server, 'BR', '22/26');
	await page.locator('.list > details > summary').click();
	const put = page.locator('form[action="?/putCase"]');
	const title = put.getByLabel(nn.put_case_title);
	await put.locator('select').selectOption({ index: 1 });
	await title.click();
	await page.keyboard.insertText(long);
	expect((await title.inputValue()).length).toBe(limits.title);
	await title.evaluate((field) => field.removeAttribute('maxlength'));
	await title.fill(long);
	await put.getByRole('button').click();
	await expect(put.getByRole('alert')).toHaveText(nn.refusal_text_too_long);
	await expect(title).toHaveValue(long);
	expect(stored(server)).toEqual(before);
});

const own = () => {
	const doc = new Y.Doc();
	addItem(doc, { id: crypto.randomUUID(), title: 'Innsmogla', kind: 'notice', minutes: 5 });
	return doc;
};
const made = (change: (doc: Y.Doc) => void) => {
	const doc = own();
	change(doc);
	return update(Y.encodeStateAsUpdate(doc));
};

const badFrames: [string, () => Uint8Array | string, number][] = [
	['text', () => 'hello', Close.malformed],
	['nothing at all', () => new Uint8Array(), Close.malformed],
	['a kind of message that there is not', () => frame(77, 1), Close.malformed],
	['an update cut short', () => made(() => {}).slice(0, -9), Close.malformed],
	[
		'an update of noise',
		() =>
			frame(
				Message.sync,
				Sync.update,
				Uint8Array.from({ length: 60 }, (_, i) => (i * 89) % 251)
			),
		Close.malformed
	],
	['awareness cut short', () => Uint8Array.of(Message.awareness, 3, 1), Close.malformed],
	['more than a frame may hold', () => new Uint8Array(limits.frame + 1), Close.tooLarge],
	['a root that there is not', () => made((doc) => doc.getMap('evil').set('a', 1)), Close.badShape],
	[
		'a title that is too long',
		// Twice what a field takes: two who type in a title that is nearly full must not throw each
		// other out.
		() =>
			made((doc) => agendaItems(doc).forEach((_, id) => titleOf(doc, id)?.insert(0, long + long))),
		Close.badShape
	],
	[
		'minutes that are no number',
		() => made((doc) => agendaItems(doc).forEach((fields) => fields.set('minutes', 'many'))),
		Close.badShape
	],
	[
		'a case item of its own',
		() => made((doc) => agendaItems(doc).forEach((fields) => fields.delete('title'))),
		Close.badShape
	]
];

test('frames that are wrong close their own socket and change nothing for anybody', async () => {
	const name = `agenda:${meetingId(server, 'BR', '22/26')}@1`;
	const watching = await new Peer(await caller(server, 'P05'), name).opened();
	const before = JSON.stringify(agendaItems(watching.doc).toJSON());
	const { edit } = stored(server);
	for (const [what, bytes, code] of badFrames) {
		const socket = dial(solveig, `/live/${name}`);
		const ended = ending(socket, () => socket.send(bytes()));
		expect.soft((await ended).code, what).toBe(code);
	}
	for (const [what, words, code] of [
		['no JSON', 'hello', Close.malformed],
		['what is no wish', '{"shout":["meeting:1"]}', Close.malformed],
		['bytes', new Uint8Array([1, 2, 3]), Close.malformed],
		['too much', JSON.stringify({ subscribe: ['a'.repeat(70_000)] }), Close.tooLarge]
	] as const) {
		const socket = dial(solveig, '/live/events');
		const ended = ending(socket, () => socket.send(words));
		expect.soft((await ended).code, `${what}, on the stream of events`).toBe(code);
	}
	await watching.saved();
	expect(JSON.stringify(agendaItems(watching.doc).toJSON())).toBe(before);
	expect(watching.closed).toEqual([]);
	expect(stored(server).edit).toBe(edit);
	const late = await new Peer(solveig, name).opened();
	expect(JSON.stringify(agendaItems(late.doc).toJSON())).toBe(before);
	watching.leave();
	late.leave();
});
