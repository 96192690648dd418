import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const field = (page: Page) =>
	page.getByRole('main').getByRole('searchbox', { name: 'Søk i Samråd' });
const group = (page: Page, name: string) =>
	page.getByRole('main').getByRole('region', { name: new RegExp(`^${name} \\d+$`) });

/** Everything that the server sends for a search, markup and data. */
async function sent(page: Page, query: string): Promise<string> {
	const address = `/search?${new URLSearchParams({ q: query })}`;
	const data = address.replace('/search', '/search/__data.json');
	const answers = await Promise.all([address, data].map((one) => page.request.get(one)));
	for (const answer of answers) expect(answer.status()).toBe(200);
	return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
}

async function search(page: Page, query: string): Promise<void> {
	await page.goto(`/search?${new URLSearchParams({ q: query })}`);
	await expect(field(page)).toHaveValue(query);
}

test('a member, a colleague and a guest find three different things', async ({ browser }) => {
	const [mariann, ranveig, kristoffer] = [
		await signIn(browser, server, 'P05'),
		await signIn(browser, server, 'P12'),
		await signIn(browser, server, 'P20')
	];

	await test.step('a member of the council finds its cases, and everything else that is hers', async () => {
		await search(mariann, 'bustad');
		await expect(group(mariann, 'Punkt på saklister')).toContainText('S-');
		for (const name of ['Oppfølgingspunkt', 'Oppgåver i ansvarsmatrisa', 'Folk'])
			await expect(group(mariann, name)).toBeVisible();
		await mariann.getByRole('link', { name: /^O-15 / }).click();
		await expect(mariann).toHaveURL(/\/actions\/O-15$/);
		await search(mariann, 'tilgjengelig bolig S-K6YJ');
		await group(mariann, 'Punkt på saklister')
			.getByRole('link', { name: /BR 66\/26/ })
			.click();
		await expect(mariann).toHaveURL(/\/meetings\/[^/]+\/[^/]+$/);
		await expect(mariann.getByRole('main')).toContainText('Utskriving, treng tilgjengeleg bustad');
	});

	await test.step('a colleague outside the council finds tasks, people and other meetings', async () => {
		await search(ranveig, 'bustad');
		await expect(group(ranveig, 'Folk').getByText('Solveig Testvik')).toBeVisible();
		await expect(group(ranveig, 'Punkt på saklister')).toContainText('Overordna bustadgruppe');
		await expect(group(ranveig, 'Punkt på saklister')).not.toContainText('Bustadrådet');
		await group(ranveig, 'Oppgåver i ansvarsmatrisa')
			.getByRole('link', { name: 'Tilpassing av bustad' })
			.click();
		await expect(ranveig).toHaveURL(/\/responsibilities\/tasks\//);
		expect(await sent(ranveig, 'bustad')).not.toMatch(/S-[2-9B-Z]{4}\b/);
	});

	await test.step('a speaker from outside finds the programme of the day, and nothing else', async () => {
		await search(kristoffer, 'bustad');
		const main = kristoffer.getByRole('main');
		await expect(group(kristoffer, 'Punkt på saklister')).toContainText('Bustadsosialt forum');
		for (const name of ['Folk', 'Oppfølgingspunkt', 'Oppgåver', 'Avgjerder'])
			await expect(group(kristoffer, name)).toHaveCount(0);
		await expect(main).not.toContainText(/Bustadrådet|Overordna/);
		expect(await sent(kristoffer, 'bustad')).not.toMatch(/S-[2-9B-Z]{4}\b/);
	});

	await test.step('headings, numbers and codes of cases reach neither of the two, however they ask', async () => {
		const secrets =
			/Utskriving, treng|tilgjengeleg bustad til|Tildeling av|gjennomgangsbustad|sjukehus/;
		for (const query of [
			'S-K6YJ',
			'K6YJ',
			'BR 66/26',
			'utskriving',
			'O-15',
			'gjennomgangsbustad',
			'sjukehuset'
		]) {
			expect(await sent(mariann, query), query).toContain('<mark');
			for (const page of [ranveig, kristoffer]) {
				// The query itself stands in its field.
				const answer = (await sent(page, query)).replaceAll(query, '');
				expect(answer, query).not.toMatch(secrets);
				expect(answer, query).not.toContain('<mark');
				expect(answer, query).not.toMatch(/S-[2-9B-Z]{4}\b/);
			}
		}
	});
});

test('what is written now is found now, from the keyboard alone', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await openMeeting(solveig, server, 'BR', '22/26');
	await openItem(solveig, '4');
	await minutes(solveig).click();
	// In a text the stroke is a stroke.
	await solveig.keyboard.type('Kulissevegen/tunet har to ledige boligar.');
	await expect(minutes(solveig)).toContainText('Kulissevegen/tunet');
	await untilSaved(solveig);

	const mariann = await signIn(browser, server, 'P05');
	await mariann.goto('/');
	await expect(mariann.getByRole('banner').getByRole('searchbox')).toBeVisible();
	await mariann.locator('body').press('/');
	await expect(mariann.getByRole('banner').getByRole('searchbox')).toBeFocused();
	await mariann.keyboard.type('kulisseveg bustad');
	await mariann.keyboard.press('Enter');
	await expect(mariann).toHaveURL(/\/search\?q=kulisseveg(\+|%20)bustad$/);
	const found = group(mariann, 'Referat');
	await expect(found.locator('p mark')).toHaveText(['Kulissevegen', 'boligar']);
	await mariann.locator('body').press('/');
	await expect(field(mariann)).toBeFocused();
	await mariann.keyboard.press('ArrowDown');
	await expect(found.getByRole('link')).toBeFocused();
	await mariann.keyboard.press('ArrowUp');
	await expect(field(mariann)).toBeFocused();
	await mariann.keyboard.press('ArrowDown');
	await mariann.keyboard.press('Enter');
	await expect(mariann.getByRole('textbox', { name: /^Referat: / })).toContainText('Kulissevegen');
});

test('without JavaScript it answers too, and shows what was typed as text', async ({ browser }) => {
	const mariann = await signIn(browser, server, 'P05');
	const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
	await context.addCookies(await mariann.context().cookies());
	const page = await context.newPage();
	await page.goto('/search');
	await field(page).fill('"<b>bustad* OR (');
	await page.getByRole('main').getByRole('button', { name: 'Søk' }).click();
	await expect(field(page)).toHaveValue('"<b>bustad* OR (');
	await expect(page.getByRole('main').getByRole('status')).toBeVisible();
	await field(page).fill('bustad');
	await page.getByRole('main').getByRole('button', { name: 'Søk' }).click();
	await expect(group(page, 'Punkt på saklister').locator('mark').first()).toBeVisible();
	await group(page, 'Punkt på saklister')
		.getByRole('link', { name: /^Vis fleire/ })
		.click();
	await expect(page).toHaveURL(/kind=item/);
	await expect(page.getByRole('main').getByRole('region')).toHaveCount(1);
	await context.close();
});

for (const [width, colorScheme] of [
	[390, 'dark'],
	[390, 'light'],
	[1440, 'dark'],
	[1440, 'light']
] as const)
	test(`for everybody to use: ${width} wide, ${colorScheme}`, async ({ browser }) => {
		const page = await signIn(browser, server, 'P05');
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 844 });
		for (const path of [
			'/search',
			'/search?q=bustad',
			'/search?q=bustad&kind=item',
			'/search?q=xyzzy',
			'/actions'
		]) {
			await page.goto(path);
			const over = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(over, path).toBeLessThanOrEqual(0);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
				.setLegacyMode()
				.analyze();
			expect(
				violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]),
				path
			).toEqual([]);
		}
		if (width === 390) {
			await page.goto('/actions');
			await page.getByRole('banner').getByRole('link', { name: 'Søk i Samråd' }).click();
			await expect(field(page)).toBeFocused();
		}
	});
