import type { Page } from '@playwright/test';
import { expect, signIn, test } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const minutes = (page: Page) => page.getByRole('textbox', { name: /^Referat: / });
const saved = (page: Page) => expect(page.locator('[data-state=saved]')).toBeVisible();
const panel = (page: Page) => page.locator('article[data-item]');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function openMeeting(page: Page, number = '22/26'): Promise<string> {
	await page.goto('/forums/br');
	await page.getByRole('link', { name: number, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Bustadrådet ${number}`);
	await saved(page);
	return new URL(page.url()).pathname;
}

async function openItem(page: Page, text: string): Promise<string> {
	await page.locator('[data-line]', { hasText: text }).first().click();
	await expect(panel(page)).toContainText(text);
	return new URL(page.url()).pathname;
}

async function status(page: Page, path: string): Promise<number> {
	return (await page.request.get(path)).status();
}

test('a council meeting from the call to locked minutes, with four people, a deputy and an acting chair', async ({
	browser
}) => {
	test.setTimeout(150_000);
	const solveig = await signIn(browser, server, 'P03');
	const jostein = await signIn(browser, server, 'P04');
	const mariann = await signIn(browser, server, 'P05');
	const sindre = await signIn(browser, server, 'P13');

	const meeting = await openMeeting(solveig);
	await openMeeting(jostein);
	await openMeeting(mariann);
	const own = await openItem(solveig, 'S-K6YJ');
	const other = await openItem(solveig, 'S-G5MQ');

	await test.step('a deputy sees nothing before being called', async () => {
		for (const path of [meeting, own, other, '/cases/S-K6YJ', '/cases'])
			expect(await status(sindre, path)).toBe(404);
	});

	await test.step('the meeting is started, and everybody follows the chair', async () => {
		await button(solveig, 'Start møtet').click();
		await button(solveig, /^Byrj med/).click();
		await expect(panel(mariann)).toContainText('Opning, oppmøte og habilitet');
		// The key goes on from the item that her own page knows to be on.
		await expect(solveig.getByRole('region', { name: 'Møtet går' })).toContainText(
			'Opning, oppmøte og habilitet'
		);
		await solveig.keyboard.press('Alt+N');
		await expect(panel(mariann)).toContainText('Godkjenning av innkalling');
	});

	await test.step('who looks elsewhere is left in peace, and comes back with one key', async () => {
		await openItem(mariann, 'S-2WHK');
		await solveig.keyboard.press('Alt+N');
		await expect(mariann.getByRole('region', { name: 'Møtet går' })).toContainText(
			'Oppfølgingspunkt frå førre møte'
		);
		await expect(panel(mariann)).toContainText('S-2WHK');
		await mariann.keyboard.press('Alt+M');
		await expect(panel(mariann)).toContainText('Oppfølgingspunkt frå førre møte');
	});

	await test.step('a deputy is called to one case, is warned about, and sees that one only', async () => {
		await openItem(solveig, 'S-K6YJ');
		await panel(solveig).getByText('Kven er med på denne saka?').click();
		await panel(solveig).getByRole('button', { name: 'Kall inn' }).click();
		await expect(panel(solveig)).toContainText('kalla inn som vara for Eirik Tenkjevoll');
		await expect(panel(solveig)).toContainText('er underordna Eirik Tenkjevoll');
		await sindre.goto(own);
		await expect(panel(sindre)).toContainText('S-K6YJ');
		await expect(sindre.locator('[data-line]', { hasText: 'Unnateke' })).toHaveCount(6);
		await expect(minutes(sindre)).toBeVisible();
		await sindre.goto(other);
		await expect(panel(sindre)).toBeHidden();
		for (const path of ['/cases/S-G5MQ', '/cases']) expect(await status(sindre, path)).toBe(404);
		expect(await sindre.content()).not.toContain('S-G5MQ');
		await sindre.goto(own);
		await minutes(sindre).click();
		await sindre.keyboard.type('Vara har lese saka.');
		await expect(minutes(solveig)).toContainText('Vara har lese saka.');
	});

	await test.step('somebody else chairs that item, and puts it off', async () => {
		await panel(solveig).getByLabel('Leie denne saka').selectOption({ label: 'Mariann Dømestad' });
		await panel(solveig).getByRole('button', { name: 'Set', exact: true }).click();
		await expect(panel(solveig)).toContainText('Mariann Dømestad leier denne saka.');
		await openItem(mariann, 'S-K6YJ');
		await panel(mariann).getByRole('button', { name: 'Utsett' }).click();
		await expect(panel(solveig).getByRole('button', { name: 'Utsett' })).toHaveAttribute(
			'aria-pressed',
			'true'
		);
	});

	await test.step('the rest is concluded, and the meeting ends', async () => {
		for (const code of ['S-G5MQ', 'S-2WHK', 'S-D8VS', 'S-J3RF', 'S-R2PD', 'S-N9CL']) {
			await openItem(jostein, code);
			await panel(jostein).getByRole('button', { name: 'Konkludert' }).click();
			await expect(panel(jostein).getByRole('button', { name: 'Konkludert' })).toHaveAttribute(
				'aria-pressed',
				'true'
			);
		}
		await button(solveig, 'Avslutt møtet').click();
		await expect(mariann.getByText('Til gjennomsyn', { exact: true })).toBeVisible();
	});

	await test.step('a member proposes a correction, the secretary takes it', async () => {
		await openItem(mariann, 'S-G5MQ');
		await mariann.getByLabel('Kva bør rettast?').fill('Det var åtte veker, ikkje ti');
		await button(mariann, 'Foreslå retting').click();
		await openItem(jostein, 'S-G5MQ');
		await expect(panel(jostein)).toContainText('Det var åtte veker, ikkje ti');
		await button(jostein, 'Ta inn').click();
		await expect(panel(mariann)).toContainText('Teken inn av Jostein Prøveli');
	});

	await test.step('locking cuts two writers in the same second', async () => {
		await openItem(jostein, 'S-2WHK');
		await openItem(solveig, 'S-2WHK');
		await minutes(jostein).click();
		await jostein.keyboard.type('Siste ord i referatet.');
		await expect(minutes(solveig)).toContainText('Siste ord i referatet.');
		await saved(jostein);
		await button(solveig, 'Lås referatet').click();
		for (const page of [solveig, jostein, mariann]) {
			await expect(page.getByText('Låst', { exact: true })).toBeVisible();
			await expect(minutes(page)).toBeHidden();
		}
		await expect(panel(jostein)).toContainText('Siste ord i referatet.');
		for (const path of [meeting, own, '/cases/S-K6YJ'])
			expect(await status(sindre, path)).toBe(404);
	});

	await test.step('the next meeting holds what was put off, with its history', async () => {
		await openMeeting(mariann, '23/26');
		await openItem(mariann, 'S-K6YJ');
		await expect(panel(mariann)).toContainText('3. gong');
		for (const number of ['BR 76/26', 'BR 66/26'])
			await expect(panel(mariann).getByRole('link', { name: number })).toBeVisible();
		await expect(mariann.locator('[data-line]', { hasText: 'S-G5MQ' })).toHaveCount(0);
	});

	await test.step('it is reopened with a reason, locked again, and all is in the log', async () => {
		await solveig.goto(meeting);
		await button(solveig, 'Opne att …').click();
		await solveig.getByLabel('Kvifor?').fill('Feil tal i BR 71/26');
		await button(solveig, 'Opne att').last().click();
		await expect(button(solveig, 'Lås referatet')).toBeVisible();
		await button(solveig, 'Lås referatet').click();
		const log = solveig.getByRole('region', { name: 'Logg' });
		await expect(log.getByRole('listitem')).toHaveCount(5);
		await expect(log).toContainText('Feil tal i BR 71/26');
	});
});

test('the one who comes second to a step is told so', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	const jostein = await signIn(browser, server, 'P04');
	const path = await openMeeting(solveig, '23/26');
	const call = (page: Page) =>
		page.request.post(`${path}?/move`, {
			headers: { Origin: server.url, Accept: 'application/json', 'x-sveltekit-action': 'true' },
			form: { step: 'call' }
		});
	const answers = await Promise.all([call(solveig), call(jostein)]);
	const bodies = await Promise.all(answers.map((answer) => answer.json()));
	expect(bodies.map((body) => body.type).sort()).toEqual(['failure', 'success']);
	expect(JSON.stringify(bodies)).toContain('already_done');
});
