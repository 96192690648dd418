import { expect, type Page, test } from '@playwright/test';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** What has the focus, as somebody who listens hears it. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
		const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent;
		return (label ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
	});
}

/**
 * Tabs on until the focus is there; fails when the page has been walked through without meeting
 * it.
 */
async function tabTo(page: Page, name: RegExp): Promise<void> {
	const met: string[] = [];
	for (let step = 0; step < 150; step++) {
		await page.keyboard.press('Tab');
		met.push(await focused(page));
		if (name.test(met.at(-1)!)) return;
	}
	throw new Error(`${name} was not met among: ${met.join(' | ')}`);
}

test('the whole job is done with the keyboard alone', async ({ page }) => {
	await test.step('sign in', async () => {
		await page.goto(`${server.url}/sign-in`);
		await tabTo(page, /^Solveig Testvik/);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mitt arbeid');
	});

	await test.step('open the meeting, past the menu by the skip link', async () => {
		await page.keyboard.press('Tab');
		expect(await focused(page)).toBe('Gå til innhaldet');
		await page.keyboard.press('Enter');
		await tabTo(page, /^Opne saklista$/);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bustadrådet 22/26');
		await expect(page.locator('[data-state=saved]')).toBeVisible();
	});

	const places = () =>
		page
			.locator('input[data-line]')
			.evaluateAll((lines) => lines.map((line) => (line as HTMLInputElement).value));

	await test.step('move an item up and add one after it', async () => {
		await tabTo(page, /^Tittel på punkt 1$/);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		expect(await focused(page)).toBe('Tittel på punkt 3');
		await page.keyboard.press('Alt+ArrowUp');
		await expect
			.poll(async () => (await places()).slice(0, 3))
			.toEqual([
				'Opning, oppmøte og habilitet',
				'Oppfølgingspunkt frå førre møte',
				'Godkjenning av innkalling og sakliste'
			]);
		expect(await focused(page)).toBe('Tittel på punkt 2');
		await page.keyboard.press('Enter');
		await expect.poll(() => focused(page)).toBe('Tittel på punkt 3');
		await page.keyboard.type('Nytt frå Husbanken');
		await expect.poll(places).toContain('Nytt frå Husbanken');
	});

	await test.step('write in the item', async () => {
		await expect(page.getByRole('textbox', { name: 'Referat: Nytt frå Husbanken' })).toBeVisible();
		await page.keyboard.press('Control+Enter');
		await expect(page.getByRole('textbox', { name: /^Referat: / })).toBeFocused();
		await page.keyboard.type('Be om innlegg til våren');
	});

	await test.step('make an action of the sentence', async () => {
		await page.keyboard.press('Control+Alt+A');
		await expect.poll(() => focused(page)).toBe('Ansvarleg');
		await page.keyboard.type('Gunnhild');
		await page.keyboard.press('Control+Enter');
		await expect(
			page.getByRole('row', { name: /Be om innlegg til våren Gunnhild Øvingsås/ })
		).toBeVisible();
		await expect(page.getByRole('textbox', { name: /^Referat: / })).toBeFocused();
		await expect(page.locator('[data-state=saved]')).toBeVisible();
	});

	await test.step('go to a case from the list and write in that case, not in another item', async () => {
		await tabTo(page, /^Tittel på punkt 1$/);
		for (let step = 0; step < 10 && !/S-2WHK/.test(await focused(page)); step++)
			await page.keyboard.press('ArrowDown');
		expect(await focused(page)).toContain('S-2WHK');
		await page.keyboard.press('Control+Enter');
		await expect(page.getByRole('textbox', { name: 'Referat: BR 72/26 Ny sak' })).toBeFocused();
	});

	await test.step('sign out', async () => {
		await tabTo(page, /^Logg ut$/);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logg inn');
	});
});
