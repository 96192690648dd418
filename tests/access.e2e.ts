import type { Page } from '@playwright/test';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { addItem, agendaItems, caseTextOf, readAgenda, titleOf } from '../src/lib/domain/agenda.ts';
import { Close, Message } from '../src/lib/domain/wire.ts';
import { caller, type Caller, dial, ending, get, post, stranger } from './callers.ts';
import { frame, Peer, stepTwo, update } from './peers.ts';
import {
	agendaLine,
	closedSockets,
	expect,
	minutes,
	openItem,
	openMeeting,
	openPage,
	signIn,
	test,
	untilSaved,
	watchSockets
} from './people.ts';
import { caseId, forumId, itemId, meetingId, personId, rows, stored } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** In the shape of an id, and of nothing that there is. */
const nothing = '00000000-0000-4000-8000-000000000000';

/**
 * A page as it is for everybody who asks: without what is new in every answer, and without the
 * address that was asked for.
 */
async function essence(answer: Response, ...asked: string[]): Promise<object> {
	const plain = (text: string) =>
		asked
			.reduce((rest, address) => rest.replaceAll(address, '…'), text)
			.replace(/nonce[-=]"?[\w+/=-]+/g, 'nonce');
	const headers = [...answer.headers].filter(([name]) => !['date', 'etag'].includes(name));
	return {
		status: answer.status,
		body: plain(await answer.text()),
		headers: headers.map(([name, value]) => `${name}: ${plain(value)}`)
	};
}

const outsiders = ['P12', 'P10'];

test('for somebody outside the council its meetings and cases are addresses of nothing', async () => {
	const meeting = meetingId(server, 'BR', '22/26');
	const item = itemId(server, 'BR 76/26');
	const pairs = [
		[`/meetings/${meeting}`, `/meetings/${nothing}`],
		[`/meetings/${meeting}/${item}`, `/meetings/${nothing}/${nothing}`],
		['/cases/S-K6YJ', '/cases/S-2222']
	] as const;
	for (const person of outsiders) {
		const actor = await caller(server, person);
		for (const [real, madeUp] of pairs) {
			const answer = await get(actor, real);
			expect(answer.status, `${person} at ${real}`).toBe(404);
			const ids = [meeting, item, nothing, 'S-K6YJ', 'S-2222'];
			expect(await essence(answer, ...ids)).toEqual(
				await essence(await get(actor, madeUp), ...ids)
			);
			expect(await essence(await get(actor, `${real}/__data.json`), ...ids)).toEqual(
				await essence(await get(actor, `${madeUp}/__data.json`), ...ids)
			);
		}
		for (const path of ['/cases', '/cases/new'])
			expect((await get(actor, path)).status, `${person} at ${path}`).toBe(404);
	}
});

test('nor do its forms do anything for them', async () => {
	const meeting = meetingId(server, 'BR', '22/26');
	const about = caseId(server, 'S-K6YJ');
	const others = String(rows(server, "SELECT id FROM action WHERE code = 'O-15'")[0]?.id);
	const action = {
		item: itemId(server, 'BR 76/26'),
		what: 'Ringe utleigar',
		responsible: `person:${personId(server, 'P12')}`,
		due: '2026-12-11',
		case: about
	};
	const card = {
		forum: forumId(server, 'BR'),
		household: 'single',
		age: '30-49',
		situation: 'homeless',
		bedrooms: '1',
		followUp: '1',
		monthIn: '2026-10',
		unit: String(rows(server, 'SELECT id FROM unit LIMIT 1')[0]?.id)
	};
	const before = stored(server);
	for (const person of outsiders) {
		const actor = await caller(server, person);
		for (const [path, form] of [
			['/meetings/MEETING?/action', action],
			['/meetings/MEETING?/action', { ...action, item: '', case: '' }],
			['/meetings/MEETING?/putCase', { case: about, title: 'Ny sak' }],
			['/meetings/MEETING?/done', { id: others, done: 'true' }],
			['/actions?/done', { id: others, done: 'true' }],
			['/cases/S-K6YJ?/done', { id: others, done: 'true' }],
			['/cases/new', card]
		] as const) {
			const real = await post(actor, path.replace('MEETING', meeting), form);
			expect(real.status, `${person} sends ${path}`).toBe(404);
			const madeUp = { ...form, ...('id' in form ? { id: nothing } : {}) };
			expect(await essence(real, meeting, nothing)).toEqual(
				await essence(await post(actor, path.replace('MEETING', nothing), madeUp), meeting, nothing)
			);
		}
	}
	expect(stored(server)).toEqual(before);
});

test('nor do its sockets: 4404, the same as for what there never was', async () => {
	const rooms = [
		`agenda:${meetingId(server, 'BR', '22/26')}@1`,
		`item:${itemId(server, 'BR 76/26')}@1`,
		`item:${itemId(server, 'BR 66/26')}@1`,
		`agenda:${meetingId(server, 'BR', '22/26')}@2`,
		`agenda:${nothing}@1`,
		`item:${nothing}@1`,
		`talk:${nothing}@1`,
		'agenda:what-is-this@1'
	];
	for (const person of outsiders) {
		const actor = await caller(server, person);
		for (const room of rooms)
			expect(await ending(dial(actor, `/live/${room}`)), `${person} at ${room}`).toEqual({
				code: Close.unknown,
				heard: []
			});
	}
});

test('nor does the stream of events: it refuses their topics and stays silent', async () => {
	const meeting = meetingId(server, 'BR', '22/26');
	const topics = [
		`meeting:${meeting}`,
		`case:${caseId(server, 'S-K6YJ')}`,
		`meeting:${nothing}`,
		`case:${nothing}`,
		`person:${personId(server, 'P03')}`
	];
	const socket = dial(await caller(server, 'P12'), '/live/events');
	const ended = ending(socket, () => socket.send(JSON.stringify({ subscribe: topics })));
	// The server judges for some milliseconds at a time, so its answer may come in parts.
	const refused: string[] = [];
	socket.on('message', (data) => refused.push(...(JSON.parse(data.toString()).refused ?? [])));
	await expect.poll(() => refused).toEqual(topics);
	const solveig = await caller(server, 'P03');
	const made = await post(solveig, `/meetings/${meeting}?/action`, {
		item: itemId(server, 'BR 76/26'),
		what: 'Ringe utleigar',
		responsible: `person:${personId(server, 'P03')}`,
		due: '2026-12-11'
	});
	expect(made.status).toBe(200);
	// An answer to this comes after everything that the action could have caused.
	socket.send(JSON.stringify({ subscribe: [`case:${nothing}`] }));
	await expect.poll(() => refused).toEqual([...topics, `case:${nothing}`]);
	socket.close();
	const { heard } = await ended;
	const kinds = heard.flatMap((data) => Object.keys(JSON.parse(data.toString())));
	expect(new Set(kinds)).toEqual(new Set(['refused']));
});

test('who is not signed in is sent to sign in, and gets 4401; another origin gets 403', async () => {
	const meeting = meetingId(server, 'BR', '22/26');
	const nobody = stranger(server);
	const page = await get(nobody, `/meetings/${meeting}`);
	expect(page.status).toBe(303);
	expect(page.headers.get('location')).toBe(
		`/sign-in?to=${encodeURIComponent(`/meetings/${meeting}`)}`
	);
	const solveig = await caller(server, 'P03');
	const forged = { server, cookie: 'samrad=AAAAAAAAAAAAAAAAAAAAAAAAAAA' };
	for (const path of [`/live/agenda:${meeting}@1`, `/live/agenda:${nothing}@1`, '/live/events']) {
		for (const actor of [nobody, forged])
			expect(await ending(dial(actor, path)), path).toEqual({ code: Close.signedOut, heard: [] });
		for (const origin of ['http://evil.example', 'null', `http://localhost:${server.port}`])
			expect((await ending(dial(solveig, path, origin))).code, `${path} from ${origin}`).toBe(403);
	}
});

const observer = 'Nils Rammevoll';

async function letIn(chair: Page, name: string, role: string): Promise<void> {
	await chair.goto('/forums/br');
	const option = await chair
		.getByLabel('Ny medlem')
		.locator('option', { hasText: name })
		.innerText();
	await chair.getByLabel('Ny medlem').selectOption({ label: option });
	await chair.getByLabel('Rolle', { exact: true }).selectOption({ label: role });
	await chair.getByRole('button', { name: 'Legg til' }).click();
	await expect(chair.getByRole('button', { name: `Fjern ${name}` })).toBeVisible();
}

async function letGo(chair: Page, name: string): Promise<void> {
	await chair.goto('/forums/br');
	await chair.getByRole('button', { name: `Fjern ${name}` }).click();
	await chair.getByRole('button', { name: 'Ja, fjern' }).click();
	await expect(chair.getByRole('button', { name: `Fjern ${name}` })).toBeHidden();
}

test('an observer sees that there are cases, not which, and can write nowhere', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	await letIn(solveig, observer, 'Observatør');
	const nils = await signIn(browser, server, 'P17');
	const traffic = watchSockets(nils);
	await openMeeting(nils, server, 'BR', '22/26');
	await expect(nils.getByText('Berre lesing')).toBeVisible();

	const sealed = nils.locator('li').filter({ hasText: 'Unnateke' });
	await expect(sealed).toHaveCount(7);
	for (const [index, line] of (await sealed.allInnerTexts()).entries()) {
		const words = line.split(/\s+/).filter(Boolean);
		expect(words).toEqual([
			expect.stringMatching(/^\d\d[.:]\d\d$/),
			`6.${index + 1}`,
			'Unnateke',
			'5',
			'min'
		]);
	}
	await expect(sealed.getByRole('link')).toHaveCount(0);
	expect(await nils.content()).not.toMatch(/BR 7\d\/26/);

	const writable = nils.locator(
		'main :is(input:not([type=hidden]), textarea, select, [contenteditable=true])'
	);
	await expect(writable).toHaveCount(0);
	await openItem(nils, '4');
	await expect(nils.getByRole('group', { name: /^Referat: / })).toBeVisible();
	await expect(writable).toHaveCount(0);
	await expect(nils.getByRole('button', { name: /Nytt/ })).toHaveCount(0);

	// The address of a case item shows them no more than that of nothing.
	const meeting = new URL(nils.url()).pathname.split('/')[2];
	for (const item of [itemId(server, 'BR 76/26'), nothing]) {
		await nils.goto(`/meetings/${meeting}/${item}`);
		await untilSaved(nils);
		await expect(nils.getByRole('heading', { name: 'Om møtet' })).toBeVisible();
		await expect(nils.locator('article')).toHaveCount(0);
	}
	expect(traffic.sockets.map((socket) => socket.url()).join()).not.toContain('/item:');
	await nils.goto('/');
	await letGo(solveig, observer);
});

test('what an observer sends by hand reaches nobody', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await letIn(solveig, observer, 'Observatør');
	await openMeeting(solveig, server, 'BR', '22/26');
	await openItem(solveig, '4');
	const agenda = `agenda:${meetingId(server, 'BR', '22/26')}@1`;
	const nils = await caller(server, 'P17');
	const member = await new Peer(await caller(server, 'P05'), agenda).opened();
	const onlooker = await new Peer(nils, agenda).opened();
	const held = JSON.stringify(agendaItems(member.doc).toJSON());
	member.provider.awareness.setLocalState({ item: null });
	const seen = solveig.getByLabel(/^Her no: /).first();
	await expect(seen).toHaveAccessibleName('Her no: Mariann Dømestad');
	const { edit } = stored(server);
	const before = await solveig.getByRole('main').innerText();
	expect(held).toContain('Ledige bustader');

	await test.step('through the protocol, as a page would', () => {
		const { doc } = onlooker;
		for (const { id } of readAgenda(doc)) titleOf(doc, id)?.insert(0, 'Innsmogla ');
		addItem(doc, { id: crypto.randomUUID(), title: 'Innsmogla', kind: 'notice', minutes: 5 });
		agendaItems(doc).forEach((fields) => fields.set('removed', true));
		onlooker.say(frame(Message.ack, 1));
	});
	await test.step('as every kind of message that could carry it', () => {
		const own = new Y.Doc();
		addItem(own, { id: crypto.randomUUID(), title: 'Innsmogla', kind: 'notice', minutes: 5 });
		const bytes = Y.encodeStateAsUpdate(own);
		onlooker.say(update(bytes));
		onlooker.say(stepTwo(bytes));
		onlooker.say(stepTwo(Y.encodeStateAsUpdate(onlooker.doc)));
	});
	await test.step('as somebody else, among those present', async () => {
		const { awareness } = onlooker.provider;
		awareness.setLocalState({
			user: { id: personId(server, 'P03'), name: 'Innsmogla', colour: '#000000' },
			items: { title: 'Innsmogla' },
			item: 'Innsmogla'
		});
		onlooker.say(frame(Message.awareness, absenceOf(member.doc.clientID)));
		await expect(seen).toHaveAccessibleName('Her no: Mariann Dømestad, Nils Rammevoll');
	});

	// A member's edit, sent after all of that, does arrive; and nothing else has.
	const first = readAgenda(member.doc).find(({ open }) => open?.title.startsWith('Opning'));
	titleOf(member.doc, first!.id)?.insert(0, 'Etterpå ');
	await member.saved();
	await expect(agendaLine(solveig, '1').locator('input[data-line]')).toHaveValue(/^Etterpå /);
	titleOf(member.doc, first!.id)?.delete(0, 'Etterpå '.length);
	await member.saved();
	expect(JSON.stringify(agendaItems(member.doc).toJSON())).toBe(held);
	await expect(agendaLine(solveig, '1').locator('input[data-line]')).not.toHaveValue(/Etterpå/);
	const after = await solveig.getByRole('main').innerText();
	expect(after).toBe(before.replace(/^MD$/m, 'MD\nNR'));
	expect(onlooker.closed).toEqual([]);
	expect(stored(server).edit).toBe(Number(edit) + 2);
	const late = await new Peer(await caller(server, 'P04'), agenda).opened();
	expect(JSON.stringify(agendaItems(late.doc).toJSON())).toBe(held);

	for (const number of ['BR 76/26', 'BR 66/26']) {
		const room = `item:${itemId(server, number)}@1`;
		const knocking = new Peer(nils, room);
		caseTextOf(knocking.doc).push([new Y.XmlElement('paragraph')]);
		await expect.poll(() => knocking.closed).toEqual([Close.unknown]);
		expect(knocking.provider.synced).toBe(false);
		knocking.leave();
	}
	expect(stored(server).edit).toBe(Number(edit) + 2);
	for (const peer of [member, onlooker, late]) peer.leave();
	await letGo(solveig, observer);
});

/** An awareness message that says that this client has gone. */
function absenceOf(client: number): Uint8Array {
	const awareness = new Awareness(new Y.Doc());
	awareness.states.set(client, {});
	awareness.meta.set(client, { clock: 1000, lastUpdated: Date.now() });
	const message = encodeAwarenessUpdate(awareness, [client], new Map());
	awareness.destroy();
	return message;
}

test('a member who is removed while writing is cut off within a second, and what they wrote stands', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	await solveig.goto('/forums/br');
	const oddvar = await signIn(browser, server, 'P06');
	const traffic = watchSockets(oddvar);
	await openMeeting(oddvar, server, 'BR', '22/26');
	await openItem(oddvar, 'BR 75/26');
	await minutes(oddvar).click();
	await oddvar.keyboard.type('Skissdal ser på dei ledige. ');
	await untilSaved(oddvar);
	const rooms = traffic.open().filter((path) => path !== '/live/events');
	expect(rooms.map((path) => path.split(':')[0]).sort()).toEqual(['/live/agenda', '/live/item']);

	const typing = oddvar.keyboard.type('Og så vidare og så vidare. '.repeat(20), { delay: 10 });
	const answered = solveig
		.waitForResponse((response) => response.url().includes('removeMember'))
		.then(() => Date.now());
	await solveig.getByRole('button', { name: 'Fjern Oddvar Kulissvik' }).click();
	await solveig.getByRole('button', { name: 'Ja, fjern' }).click();
	const lost = () => closedSockets(oddvar).filter(({ code }) => code === Close.rightLost);
	await expect.poll(() => lost().length).toBe(2);
	const asked = await answered;
	for (const { url, at } of lost()) expect(at - asked, url).toBeLessThanOrEqual(1000);
	await expect(oddvar.getByRole('heading', { level: 1 })).toHaveText('Finst ikkje');
	await typing;

	const again: Caller = { server, cookie: await cookieOf(oddvar) };
	for (const path of rooms) expect((await ending(dial(again, path))).code).toBe(Close.unknown);
	expect((await get(again, '/cases')).status).toBe(404);
	await oddvar.reload();
	await expect(oddvar.getByRole('heading', { level: 1 })).toHaveText('Finst ikkje');
	await openMeeting(solveig, server, 'BR', '22/26');
	await openItem(solveig, 'BR 75/26');
	await expect(minutes(solveig)).toContainText('Skissdal ser på dei ledige.');
});

async function cookieOf(page: Page): Promise<string> {
	const cookies = await page.context().cookies();
	return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

test('signing out in one tab closes the other', async ({ browser }) => {
	const writing = await signIn(browser, server, 'P07');
	const traffic = watchSockets(writing);
	await openMeeting(writing, server, 'BR', '22/26');
	await openItem(writing, 'BR 74/26');
	const address = new URL(writing.url()).pathname;
	expect(traffic.open()).toHaveLength(3);
	const cookie = await cookieOf(writing);

	const leaving = await openPage(writing.context(), server);
	await leaving.goto('/forums');
	await leaving.getByRole('button', { name: 'Logg ut' }).click();
	await leaving.waitForURL('**/sign-in');
	await writing.waitForURL(`**/sign-in?to=${address}`);
	const codes = closedSockets(writing).map(({ code }) => code);
	expect(codes.filter((code) => code === Close.signedOut).length).toBeGreaterThanOrEqual(2);
	await expect(writing.getByRole('heading', { level: 1 })).toHaveText('Logg inn');
	// The cookie that was in use is worth nothing now.
	const old: Caller = { server, cookie };
	expect((await get(old, '/')).status).toBe(303);
	expect((await ending(dial(old, '/live/events'))).code).toBe(Close.signedOut);
});
