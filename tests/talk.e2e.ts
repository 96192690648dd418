import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Close } from '../src/lib/domain/wire.ts';
import { caller, dial, ending, get, post } from './callers.ts';
import { expect, openMeeting, signIn, test, untilSaved } from './people.ts';
import { itemId, meetingId, personId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const title = 'Tilvisingsavtalar i praksis';
const programme = (page: Page) => page.getByRole('region', { name: 'Program', exact: true });
const proposals = (page: Page) => page.getByRole('region', { name: 'Forslag til innlegg' });
const slot = (page: Page) =>
	page.getByRole('region', { name: 'Plass i programmet' }).getByRole('status');

/** Start, place and length of the programme's lines, and their titles, top to bottom. */
function lines(page: Page): Promise<string[]> {
	return programme(page)
		.locator('li')
		.evaluateAll((all) =>
			all.map((line) => {
				const field = (name: string) => line.querySelector<HTMLInputElement>(name)?.value;
				const text = (name: string) => line.querySelector(name)?.textContent?.trim() ?? '';
				const name = field('input[data-line]') ?? text('a[data-line]');
				const minutes = field('.minutes input') ?? text('.minutes').replace(/\D/g, '');
				return `${text('.time')} ${text('.ordinal')} ${name}, ${minutes}`;
			})
		);
}

const lineNow = async (page: Page, name: string) =>
	(await lines(page)).find((line) => line.includes(name));

function field(page: Page, name: string): Locator {
	return programme(page)
		.locator('input[data-line]')
		.and(page.locator(`[data-line="${name}"]`));
}

/** The id of the programme's line with this title. */
function idOf(name: string): string {
	const [row] = rows(
		server,
		'SELECT id FROM agenda_item WHERE meeting = ? AND title = ? AND removed = 0',
		meetingId(server, 'BSF', '2/26'),
		name
	);
	return String(row?.id);
}

async function looksWell(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
		.setLegacyMode()
		.analyze();
	expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('a talk from Husbanken, from proposal to a confirmed slot while the day is dragged about', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const [gunnhild, kristoffer, dagny] = [
		await signIn(browser, server, 'P09'),
		await signIn(browser, server, 'P20'),
		await signIn(browser, server, 'P01')
	];
	await openMeeting(gunnhild, server, 'BSF', '2/26');
	await openMeeting(dagny, server, 'BSF', '2/26');
	await openMeeting(kristoffer, server, 'BSF', '2/26');
	const day = kristoffer.url();

	await test.step('he proposes a talk and writes it', async () => {
		await kristoffer.getByRole('button', { name: 'Foreslå innlegg' }).click();
		await kristoffer.waitForURL(/\/talks\/[0-9a-f-]{36}$/);
		await kristoffer.getByLabel('Tittel').fill(title);
		await kristoffer.getByLabel('Minutt').fill('40');
		await kristoffer.getByRole('textbox', { name: 'Omtale' }).click();
		await kristoffer.keyboard.type('Kva kommunen kan avtale med private utleigarar.');
		await kristoffer.getByLabel('Ønske til vertskapet').fill('Helst før lunsj');
		await untilSaved(kristoffer);
		await expect(kristoffer.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(slot(kristoffer)).toHaveText('Ikkje i programmet enno.');
	});
	const address = kristoffer.url();

	await test.step('she sees it at the programme without reading the page again, and what he writes as he writes', async () => {
		await expect(proposals(gunnhild).getByRole('link', { name: title })).toBeVisible();
		await expect(proposals(gunnhild)).toContainText('Kristoffer Eksempelås · 40 min');
		await expect(proposals(gunnhild)).toContainText('Foreslått');
		const reading = await gunnhild.context().newPage();
		await reading.goto(address);
		await expect(reading.getByText('Kva kommunen kan avtale')).toBeVisible();
		await expect(reading.getByText('Berre lesing')).toBeVisible();
		await expect(reading.locator('main :is(input:not([type=hidden]), textarea)')).toHaveCount(0);
		await kristoffer.getByLabel('Ønske til vertskapet').fill('Helst rett etter pausen');
		await expect(reading.getByText('Helst rett etter pausen')).toBeVisible();
		await looksWell(reading);
		await reading.close();
		// Nobody else at the programme does.
		await expect(dagny.getByText(title)).toHaveCount(0);
	});

	await test.step('she accepts it and puts it after item 5, with the keyboard', async () => {
		await proposals(gunnhild)
			.getByRole('button', { name: `Godta: ${title}` })
			.press('Enter');
		const after = proposals(gunnhild).getByLabel(`Plass i programmet: ${title}`);
		await expect(after).toBeVisible();
		await expect(proposals(gunnhild).getByRole('link', { name: title })).toBeFocused();
		await expect(kristoffer.getByText('Innlegget er godteke.')).toBeVisible();
		await expect(kristoffer.getByRole('button', { name: 'Stadfest' })).toBeHidden();
		await after.selectOption({ label: '10.35 – etter 5 Pause' });
		await looksWell(gunnhild);
		await proposals(gunnhild)
			.getByRole('button', { name: `Set inn: ${title}` })
			.press('Enter');
	});

	await test.step('the programme shows it at once to everybody, at its time', async () => {
		await expect(slot(kristoffer)).toHaveText('torsdag 3. desember 2026 kl. 10.35–11.15');
		const programmeOfHis = await kristoffer.context().newPage();
		await programmeOfHis.goto(day);
		await untilSaved(programmeOfHis);
		for (const page of [gunnhild, dagny, programmeOfHis]) {
			await expect.poll(() => lineNow(page, title)).toBe(`10.35 6 ${title}, 40`);
			await expect.poll(() => lineNow(page, 'Lunsj')).toBe('12.35 10 Lunsj, 45');
		}
		const yours = programmeOfHis.getByRole('region', { name: 'Innlegga dine' });
		await expect(yours).toContainText('10.35–11.15');
		await expect(yours).toContainText('Godteke');
		await looksWell(programmeOfHis);
		await programmeOfHis.close();
	});

	await test.step('she drags the day about, and his slot follows', async () => {
		await field(gunnhild, idOf(title)).focus();
		await gunnhild.keyboard.press('Alt+ArrowUp');
		await expect(slot(kristoffer)).toContainText('kl. 10.20–11.00');
		await gunnhild.keyboard.press('Alt+ArrowUp');
		await expect(slot(kristoffer)).toContainText('kl. 09.35–10.15');
		await gunnhild.keyboard.press('Alt+ArrowDown');
		await gunnhild.keyboard.press('Alt+ArrowDown');
		await gunnhild.getByLabel('Minutt til Pause').first().fill('25');
		await gunnhild.keyboard.press('Tab');
		await expect(slot(kristoffer)).toContainText('kl. 10.45–11.25');
		await expect(
			kristoffer.getByText('Tida er flytta sidan sist: frå 10.35–11.15 til 10.45–11.25.')
		).toBeVisible();
		await expect(
			kristoffer.getByRole('region', { name: 'Det som har hendt' }).getByRole('listitem')
		).toHaveText([
			/Flytta frå 10\.35–11\.15 til 10\.45–11\.25$/,
			/Sett inn i programmet, 10\.35–11\.15$/,
			/Godteke, vertskapet$/,
			/Foreslått, innleiaren$/
		]);
		for (const page of [gunnhild, dagny])
			await expect.poll(() => lineNow(page, title)).toBe(`10.45 6 ${title}, 40`);
		await looksWell(kristoffer);
	});

	await test.step('he confirms', async () => {
		await kristoffer.getByRole('button', { name: 'Stadfest' }).press('Enter');
		await expect(kristoffer.getByText('Du har stadfesta.')).toBeVisible();
		await expect(kristoffer.getByRole('heading', { name: 'Plass i programmet' })).toBeFocused();
		await expect(kristoffer.getByText('Tida er flytta')).toBeHidden();
		await proposals(gunnhild).getByText('Avklara (1)').click();
		await expect(proposals(gunnhild)).toContainText('Stadfesta');
		await expect(proposals(gunnhild)).toContainText('10.45–11.25');
	});

	await test.step('he changes title and length; she takes them over with one press', async () => {
		await kristoffer.getByLabel('Tittel').fill(`${title} 2027`);
		await kristoffer.getByLabel('Minutt').fill('45');
		await kristoffer.keyboard.press('Tab');
		await expect(proposals(gunnhild)).toContainText(`no «${title} 2027», 45 min`);
		expect(await lineNow(dagny, title)).toBe(`10.45 6 ${title}, 40`);
		await proposals(gunnhild).getByRole('button', { name: 'Ta over i programmet' }).press('Enter');
		await expect.poll(() => lineNow(dagny, title)).toBe(`10.45 6 ${title} 2027, 45`);
		await expect(slot(kristoffer)).toContainText('kl. 10.45–11.30');
	});

	await test.step('taken out of the programme it is accepted and no more; an undo gives all back', async () => {
		await programme(gunnhild)
			.locator(`[data-line="${idOf(`${title} 2027`)}"]`)
			.focus();
		await gunnhild.getByRole('button', { name: 'Fjern', exact: true }).click();
		await expect(slot(kristoffer)).toHaveText('Ikkje i programmet enno.');
		await expect(kristoffer.getByText('er teke ut av programmet.')).toBeVisible();
		await gunnhild.getByRole('status').getByRole('button', { name: 'Angre' }).click();
		await expect(slot(kristoffer)).toContainText('kl. 10.45–11.30');
		await expect(kristoffer.getByText('Du har stadfesta.')).toBeVisible();
	});

	await test.step('what he wrote stands after a restart', async () => {
		await server.restart();
		await kristoffer.reload();
		await untilSaved(kristoffer);
		await expect(kristoffer.getByLabel('Tittel')).toHaveValue(`${title} 2027`);
		await expect(kristoffer.getByRole('textbox', { name: 'Omtale' })).toContainText(
			'private utleigarar'
		);
		await expect(slot(kristoffer)).toContainText('kl. 10.45–11.30');
	});
});

/** Offers a talk by hand; returns its id. */
async function offer(person: string): Promise<string> {
	const who = await caller(server, person);
	const answer = await post(who, `/talks/new?meeting=${meetingId(server, 'BSF', '2/26')}`, {});
	expect(answer.status).toBe(303);
	return answer.headers.get('location')!.split('/').at(-1)!;
}

test('to the one from Husbanken every other address is one of nothing, and so is every other socket', async () => {
	const own = await offer('P20');
	const others = await offer('P02');
	const kristoffer = await caller(server, 'P20');
	const board = meetingId(server, 'BR', '22/26');
	const open = [`/talks/${own}`, '/', '/forums', '/forums/bsf', '/actions'];
	open.push(`/meetings/${meetingId(server, 'BSF', '2/26')}`);
	for (const path of open) expect((await get(kristoffer, path)).status, path).toBe(200);
	const closed = [
		'/cases',
		'/cases/new',
		'/cases/S-K6YJ',
		'/forums/br',
		'/forums/obg',
		`/meetings/${board}`,
		`/meetings/${board}/${itemId(server, 'BR 76/26')}`,
		`/meetings/${meetingId(server, 'OBG', '2/26')}`,
		`/talks/${others}`,
		`/talks/${crypto.randomUUID()}`,
		`/talks/new?meeting=${board}`,
		'/talks/new',
		'/responsibilities'
	];
	for (const path of closed) expect((await get(kristoffer, path)).status, path).toBe(404);

	const rooms = [`talk:${others}`, `talk:${crypto.randomUUID()}`, `agenda:${board}`];
	rooms.push(`item:${itemId(server, 'BR 76/26')}`);
	for (const room of rooms)
		expect(await ending(dial(kristoffer, `/live/${room}@1`)), room).toEqual({
			code: Close.unknown,
			heard: []
		});

	const topics = [`talk:${others}`, `meeting:${board}`, `person:${personId(server, 'P09')}`];
	const socket = dial(kristoffer, '/live/events');
	const ended = ending(socket, () => socket.send(JSON.stringify({ subscribe: topics })));
	socket.once('message', () => socket.close());
	expect((await ended).heard.map(String)).toEqual([JSON.stringify({ refused: topics })]);

	await test.step('nor do the forms of another’s talk do anything', async () => {
		const before = rows(server, 'SELECT * FROM talk ORDER BY id');
		for (const [verb, form] of [
			['accept', { seen: 'proposed' }],
			['decline', { seen: 'proposed' }],
			['withdraw', { seen: 'proposed' }],
			['confirm', { seen: 'proposed' }],
			['place', { after: '' }],
			['takeOut', {}],
			['words', { takeOver: 'true' }]
		] as const)
			expect((await post(kristoffer, `/talks/${others}?/${verb}`, form)).status, verb).toBe(404);
		for (const verb of ['accept', 'decline'])
			expect((await post(kristoffer, `/talks/${own}?/${verb}`, { seen: 'proposed' })).status).toBe(
				403
			);
		expect(rows(server, 'SELECT * FROM talk ORDER BY id')).toEqual(before);
	});

	await test.step('and what he can read names none of the people who are not in the programme', async () => {
		const text = await (await get(kristoffer, `/talks/${own}`)).text();
		for (const name of ['Solveig Testvik', 'Gunnhild Øvingsås', 'S-K6YJ', 'Bustadrådet'])
			expect(text).not.toContain(name);
	});
});

test('a declined talk can be written in no more: the page turns to reading at once', async ({
	browser
}) => {
	const id = await offer('P20');
	const kristoffer = await signIn(browser, server, 'P20');
	await kristoffer.goto(`/talks/${id}`);
	await kristoffer.getByLabel('Tittel').fill('Noko anna');
	await untilSaved(kristoffer);
	const gunnhild = await caller(server, 'P09');
	const declined = await post(gunnhild, `/talks/${id}?/decline`, { seen: 'proposed' });
	expect(declined.status).toBe(200);
	await expect(kristoffer.getByText('Vertskapet har ikkje plass')).toBeVisible();
	await expect(kristoffer.getByText('Berre lesing')).toBeVisible();
	await expect(kristoffer.locator('main [contenteditable=true]')).toHaveCount(0);
	await expect(kristoffer.getByLabel('Tittel')).toHaveCount(0);
	// Who comes second is told.
	const late = await post(gunnhild, `/talks/${id}?/accept`, { seen: 'proposed' });
	expect(late.status).toBe(409);
	expect(await late.text()).toContain('Dette er alt gjort.');
});
