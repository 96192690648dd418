import type { Browser, Page } from '@playwright/test';
import { agendaLine, expect, minutes, openItem, openMeeting, signIn, test } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const main = (page: Page) => page.getByRole('main');
const section = (page: Page, name: string | RegExp) => main(page).getByRole('region', { name });
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true });

async function at(browser: Browser, person: string, path = '/'): Promise<Page> {
	const page = await signIn(browser, server, person);
	await page.goto(path);
	return page;
}

test('an action is handed over to a unit, which takes it; who is too late is told', async ({
	browser
}) => {
	const ranveig = await at(browser, 'P12', '/actions/O-11');
	const solveig = await at(browser, 'P03', '/actions/O-11');

	await test.step('she offers it; until somebody has accepted it is hers', async () => {
		await main(ranveig).getByText('Gje punktet vidare').click();
		await main(ranveig)
			.getByLabel('Til kven?')
			.selectOption({ label: 'RBO (fullt namn må fyllast inn)' });
		await button(ranveig, 'Tilby').click();
		await expect(section(ranveig, 'Tilbod om å ta over')).toContainText('Svaret er ikkje kome.');
		await expect(main(ranveig)).toContainText('Ranveig Utkasthaug');
	});

	const liv = await at(browser, 'P11');
	await test.step('it waits at the start page of the unit’s leader', async () => {
		await section(liv, 'Ventar på meg').getByRole('link', { name: /O-11/ }).click();
		await expect(liv).toHaveURL(/\/actions\/O-11$/);
		await expect(section(liv, 'Tilbod om å ta over')).toContainText('Ranveig Utkasthaug tilbyr');
	});

	await test.step('one accepts while another withdraws: one of them is told', async () => {
		await solveig.route('**/actions/O-11?/withdraw', async (route) => {
			await button(liv, 'Ta over').click();
			await expect(liv.getByText('tok over frå')).toBeVisible();
			await route.continue();
		});
		await button(solveig, 'Trekk tilbodet').click();
		await expect(main(solveig).getByRole('alert')).toContainText('Nokon kom før deg');
	});

	await test.step('it is the unit’s now, everywhere', async () => {
		for (const page of [liv, solveig])
			await expect(main(page)).toContainText('RBO (fullt namn må fyllast inn)');
		// It came from the board, in which she is not: with the action she gives away the right to
		// see it.
		await expect(main(ranveig)).toContainText('Finst ikkje');
		await liv.goto('/actions?scope=unit');
		await expect(main(liv).getByRole('link', { name: 'O-11' })).toBeVisible();
		await ranveig.goto('/actions');
		await expect(main(ranveig).getByRole('link', { name: 'O-11' })).toHaveCount(0);
	});
});

test('a decision is made from the minutes, leads to an action, and comes back on its date', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const jostein = await signIn(browser, server, 'P04');
	await openMeeting(solveig, server, 'BR', '22/26');
	await openMeeting(jostein, server, 'BR', '22/26');
	await openItem(jostein, '3');

	await test.step('the secretary turns a sentence into a decision without leaving the keyboard', async () => {
		await openItem(solveig, '3');
		await minutes(solveig).click();
		await solveig.keyboard.type('Rådet møtest kvar veke i desember. /avgj');
		await expect(
			solveig.getByRole('option', { name: 'Avgjerd frå dette avsnittet' })
		).toBeVisible();
		await solveig.keyboard.press('Enter');
		const text = main(solveig).getByLabel('Kva er avgjort?');
		await expect(text).toHaveValue('Rådet møtest kvar veke i desember.');
		await expect(main(solveig).getByLabel('Grunngjeving')).toBeFocused();
		await solveig.keyboard.type('Mange saker ventar.');
		await main(solveig).getByLabel('Ny gjennomgang (dato)').fill('2026-12-10');
		await solveig.keyboard.press('Control+Enter');
		await expect(section(solveig, 'Avgjerder')).toContainText('BR-A1/26');
		await expect(minutes(solveig)).toBeFocused();
	});

	await test.step('everybody sees it, and makes an action of it', async () => {
		await expect(section(jostein, 'Avgjerder')).toContainText('Mange saker ventar.');
		await button(jostein, 'Ny oppfølging av BR-A1/26').click();
		await main(jostein).getByLabel('Kva skal gjerast').fill('Kalle inn til dei nye møta');
		await main(jostein).getByLabel('Ansvarleg').last().selectOption({ index: 1 });
		await button(jostein, 'Opprett').click();
		await expect(section(solveig, 'Avgjerder')).toContainText('Kalle inn til dei nye møta');
	});

	await test.step('the register shows what it led to; the next meeting has it on its agenda', async () => {
		await solveig.goto('/decisions');
		await expect(main(solveig)).toContainText('Kalle inn til dei nye møta');
		await main(solveig).getByRole('link', { name: 'BR-A1/26' }).click();
		await expect(main(solveig)).toContainText('Mange saker ventar.');
		await main(solveig)
			.getByRole('link', { name: /Ny gjennomgang i/ })
			.click();
		await expect(solveig.getByRole('heading', { level: 1 })).toHaveText('Bustadrådet 23/26');
		await expect(main(solveig).locator('article')).toContainText('BR-A1/26');
		await expect(agendaLine(solveig, '22')).toHaveCount(0);
	});
});

test('«Mitt arbeid» is another for a chair, a secretary, a unit leader, who rules, and a guest', async ({
	browser
}) => {
	const next = 'Bustadrådet 22/26';
	await test.step('the chair has the council, and what she answers for', async () => {
		const page = await at(browser, 'P03');
		await expect(main(page).getByRole('heading', { name: next })).toBeVisible();
		await expect(section(page, 'Oppfølginga mi')).toContainText('O-06');
	});
	await test.step('the secretary has the same meeting, and her own actions', async () => {
		const page = await at(browser, 'P04');
		await expect(main(page).getByRole('heading', { name: next })).toBeVisible();
		await expect(section(page, 'Oppfølginga mi')).toContainText('O-13');
		await expect(section(page, 'Oppfølginga mi')).not.toContainText('O-06');
	});
	await test.step('the leader of a unit has what is late, first', async () => {
		const page = await at(browser, 'P05');
		await expect(
			section(page, 'Oppfølginga mi').getByRole('heading', { level: 3 }).first()
		).toHaveText(/Over fristen/);
		await expect(section(page, 'Oppfølginga mi')).toContainText('O-03');
	});
	await test.step('who rules has no meeting of the council, and no case by its name', async () => {
		const page = await at(browser, 'P02');
		await expect(main(page)).not.toContainText(next);
		expect(await page.content()).not.toMatch(/S-[2-9B-Z]{4}\b/);
	});
	await test.step('a guest from Husbanken has the forum day, and nothing else', async () => {
		const page = await at(browser, 'P20');
		await expect(main(page)).toContainText('Bustadsosialt forum');
		await expect(main(page)).not.toContainText(/Bustadrådet|Overordna|O-\d\d/);
	});
});
