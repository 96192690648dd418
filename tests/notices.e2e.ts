import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import Database from 'better-sqlite3';
import { startMailServer } from '../src/lib/server/notices/testing.ts';
import { caller, get, post } from './callers.ts';
import { mailsTo } from './mail.ts';
import { expect, openMeeting, openPage, signIn, test } from './people.ts';
import { caseId, meetingId, personId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let data: string;
let server: RunningServer;

test.beforeAll(async () => {
	data = await mkdtemp(join(tmpdir(), 'samrad-notices-'));
	server = await startServer({ data });
});
test.afterAll(async () => {
	await server.stop();
	await rm(data, { recursive: true });
});
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const berit = 'berit.skissdal@sunnoy.example';
const eirik = 'eirik.tenkjevoll@sunnoy.example';
let calendar = '';

test('somebody chooses when mail comes, and makes and removes the secret address of their calendar', async ({
	browser
}) => {
	const page = await signIn(browser, server, 'P05');
	await page.goto('/');
	await page.getByTitle('Varsel og kalender').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Varsel og kalender');
	await expect(page.getByText('mariann.domestad@sunnoy.example')).toBeVisible();

	await test.step('mail: what, and when not', async () => {
		await page.getByLabel('Innkallingar til møte').uncheck();
		await page.getByLabel('Frå klokka').fill('15:30');
		await page.getByRole('button', { name: 'Lagre' }).click();
		await expect(page.getByText('Lagra.')).toBeVisible();
		await page.reload();
		await expect(page.getByLabel('Innkallingar til møte')).not.toBeChecked();
		await expect(page.getByLabel('Påminningar')).toBeChecked();
		await expect(page.getByLabel('Frå klokka')).toHaveValue('15:30');
	});

	await test.step('the address is shown once, and needs no session', async () => {
		await page.getByRole('button', { name: 'Lag adresse' }).click();
		const field = page.getByLabel(/^Adressa til kalenderen din/);
		const address = await field.inputValue();
		expect(address).toMatch(/\/feeds\/[\w-]{43}\.ics$/);
		const answer = await fetch(address);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toContain('text/calendar');
		expect(answer.headers.get('cache-control')).toContain('private');
		const text = await answer.text();
		expect(text).toContain('SUMMARY:Bustadrådet\\, møte');
		expect(text).toContain('SUMMARY:Frist O-24');
		await page.reload();
		await expect(field).toHaveCount(0);
		expect(await page.content()).not.toContain(address);

		await page.getByRole('button', { name: 'Slett adressa' }).click();
		await expect(page.getByText('Adressa er sletta.')).toBeVisible();
		expect((await fetch(address)).status).toBe(404);
		expect((await fetch(address.replace(/[\w-]{43}/, 'a'.repeat(43)))).status).toBe(404);
	});
});

test('without scripts the address comes with the page that answers the form', async () => {
	const who = await caller(server, 'P08');
	const html = await (await post(who, '/settings?/openFeed', {})).text();
	calendar = /http:\/\/[^"]+\/feeds\/[\w-]{43}\.ics/.exec(html)?.[0] ?? '';
	expect(await (await fetch(calendar)).text()).toContain('SUMMARY:Frist O-16');
});

test('a meeting can be put into one’s calendar from its page', async ({ browser }) => {
	const page = await signIn(browser, server, 'P05');
	await openMeeting(page, server, 'BR', '22/26');
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Legg i kalender' }).click();
	const file = await (await download).path();
	expect(readFileSync(file, 'utf8')).toContain('DTSTART;TZID=Europe/Oslo:20261201T090000');
	const path = `/meetings/${meetingId(server, 'BR', '22/26')}/call.ics`;
	expect((await get(await caller(server, 'P11'), path)).status).toBe(404);
});

test('the day’s digest lies in a file; what is overdue comes two weeks later, and nothing of a case one is disqualified from', async () => {
	await expect.poll(() => mailsTo(data, eirik).length).toBe(1);
	expect(mailsTo(data, eirik)[0]?.text).toContain(
		'O-16 (BR 66/26, sak S-K6YJ): frist fr. 27. nov.'
	);

	const meeting = meetingId(server, 'BR', '22/26');
	const [place] = rows(
		server,
		'SELECT id FROM agenda_item WHERE meeting = ? AND case_id = ?',
		meeting,
		caseId(server, 'S-K6YJ')
	);
	const own = await caller(server, 'P08');
	const raised = await post(own, `/meetings/${meeting}?/raise`, {
		item: String(place?.id),
		person: personId(server, 'P08'),
		reason: 'family'
	});
	expect(raised.status).toBe(200);
	expect(await (await fetch(calendar)).text()).not.toContain('O-16');

	const canary = 'kanarifuglXQZJ';
	const added = await post(await caller(server, 'P03'), `/meetings/${meeting}?/action`, {
		item: '',
		case: '',
		due: '2026-11-27',
		what: `Ringje om ${canary}`,
		responsible: `person:${personId(server, 'P05')}`
	});
	expect(added.status).toBe(200);

	await server.stop();
	server = await startServer({ data, port: server.port, clock: '2026-12-07T08:00:00Z' });
	const synnove = 'synnove.rolleheim@sunnoy.example';
	await expect.poll(() => mailsTo(data, synnove).length).toBe(2);
	const late = mailsTo(data, synnove).find(({ text }) => text.includes('Over fristen'));
	expect(late?.text).toContain('O-08 (BR 59/26, sak S-B5NX): fristen var må. 30. nov.');
	expect(late?.text).toContain(`Logg inn for å sjå meir: ${server.url}/`);

	// Everybody's digest of the day is there: his would be too, if he had anything to hear.
	await expect
		.poll(() => rows(server, "SELECT 1 FROM notice WHERE state IN ('waiting', 'sending')").length)
		.toBe(0);
	const since = mailsTo(data, eirik).filter(({ head }) => !head.includes('23 Nov 2026'));
	expect(JSON.stringify(since)).not.toMatch(/O-16|S-K6YJ/);
	const toMariann = mailsTo(data, 'mariann.domestad@sunnoy.example').map(({ text }) => text);
	expect(toMariann.join()).toContain('O-25 (møte BR 22/26): fristen var fr. 27. nov.');
	expect(toMariann.join()).not.toContain(canary);
	for (const file of readdirSync(join(data, 'outbox')))
		expect(readFileSync(join(data, 'outbox', file), 'utf8')).not.toContain(canary);
	for (const table of ['notice', 'notice_item'])
		expect(JSON.stringify(rows(server, `SELECT * FROM ${table}`))).not.toContain(canary);
	const feed = await (await fetch(calendar)).text();
	expect(feed).toContain('Bustadrådet');
	expect(feed).not.toMatch(/O-16|S-K6YJ/);
});

test('one click in the mail program ends the reminders, without a session and without a page', async ({
	browser
}) => {
	const [mail] = mailsTo(data, berit);
	const address = /List-Unsubscribe: <([^>]+)>/.exec(mail?.head ?? '')?.[1] ?? '';
	const page = await openPage(await browser.newContext(), server);
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Ikkje fleire påminningar på e-post'
	);
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	const digestOf = () =>
		rows(server, 'SELECT digest FROM notice_setting WHERE person = ?', personId(server, 'P07')).map(
			({ digest }) => digest
		);
	expect(digestOf()).toEqual([]);
	const answer = await fetch(address, {
		method: 'POST',
		body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
	});
	expect(answer.status).toBe(200);
	expect(digestOf()).toEqual([0]);
	expect((await fetch(`${address}x`, { method: 'POST' })).status).toBeGreaterThanOrEqual(400);
});

test('in production mail goes to the mail server that is named, and into no file', async () => {
	const post = await startMailServer();
	const folder = await mkdtemp(join(tmpdir(), 'samrad-mail-'));
	const demo = await startServer({ data: folder, clock: new Date().toISOString() });
	await demo.stop();
	await rm(join(folder, 'outbox'), { recursive: true, force: true });
	// Whatever time of day this is run at: somebody without quiet hours, and a day without digests.
	const database = new Database(join(folder, 'samrad.db'));
	database.exec(`DELETE FROM notice; INSERT INTO notice_setting
		SELECT id, 1, 1, '00:00', '00:00', 0 FROM person WHERE code = 'P07'`);
	database.close();
	const server = await startServer({
		data: folder,
		port: demo.port,
		clock: null,
		env: {
			ORIGIN: demo.url,
			SAMRAD_SMTP: `smtp://127.0.0.1:${post.port}`,
			SAMRAD_MAIL_FROM: 'samrad@sunnoy.example'
		}
	});
	try {
		const toBerit = () => post.taken.filter((one) => one.includes(berit));
		await expect.poll(() => toBerit().length).toBe(1);
		expect(toBerit()[0]).toContain('O-15 (BR 66/26, sak S-K6YJ)');
		expect(existsSync(join(folder, 'outbox'))).toBe(false);
		expect(server.output()).not.toMatch(/O-15|S-K6YJ|skissdal/);
	} finally {
		await server.stop();
		await post.stop();
		await rm(folder, { recursive: true });
	}
});
