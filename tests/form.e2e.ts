import type { BrowserContext, Locator, Page } from '@playwright/test';
import { button } from './board.ts';
import { expect, minutes, openItem, openMeeting, signIn, test } from './people.ts';
import { forumId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/* What every form promises, on those that make something (docs/decisions/0033). */

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const planned = () =>
	rows(server, 'SELECT number FROM meeting WHERE forum = ?', forumId(server, 'BR')).length;
const count = (table: string) => Number(rows(server, `SELECT count(*) AS n FROM ${table}`)[0]?.n);
const kept = (page: Page) =>
	page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('drafts')));

/** The form that plans a meeting, unfolded. */
async function planForm(page: Page, place: string, date = '2026-12-14'): Promise<Locator> {
	await page.goto('/forums/br');
	await page.locator('summary', { hasText: 'Planlegg eit møte' }).click();
	const form = page.getByRole('form', { name: 'Planlegg eit møte' });
	await form.getByLabel('Dato').fill(date);
	await form.getByLabel('Stad').fill(place);
	return form;
}

const add = (form: Locator) => button(form, 'Legg til møtet');

async function fillCase(page: Page): Promise<void> {
	await page.goto('/cases/new');
	for (const [name, index] of [
		['household', 1],
		['age', 2],
		['situation', 1],
		['bedrooms', 1],
		['followUp', 2]
	] as const)
		await page.locator(`select[name=${name}]`).selectOption({ index });
}

/** The session goes, and nobody in the browser has signed out: as when its time is over. */
function endSessions(context: BrowserContext): Promise<void> {
	return context.clearCookies();
}

test('a double click makes one meeting, one case and one action', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	const meetings = planned();
	const form = await planForm(solveig, 'Rådhuset');
	await add(form).dblclick();
	await expect(form.getByLabel('Dato')).toHaveValue('');
	expect(planned()).toBe(meetings + 1);

	const jostein = await signIn(browser, server, 'P04');
	const cases = count('case_card');
	await fillCase(jostein);
	await button(jostein, 'Registrer saka').dblclick();
	await jostein.waitForURL(/\/cases\/S-[^/]+$/);
	expect(count('case_card')).toBe(cases + 1);

	const actions = count('action');
	await openMeeting(solveig, server, 'BR', '22/26');
	const item = await openItem(solveig, 'BR 71/26');
	await button(item, 'Nytt oppfølgingspunkt').click();
	const action = item.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
	await action.getByLabel('Kva').fill('Ring vaktmeisteren');
	await action.getByLabel('Ansvarleg').selectOption({ index: 1 });
	await button(action, 'Opprett').dblclick();
	await expect(action).toBeHidden();
	expect(count('action')).toBe(actions + 1);
	await expect(minutes(solveig)).toBeVisible();
});

test('a command whose answer was lost is answered when it is sent again, and not done twice', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const meetings = planned();
	const form = await planForm(solveig, 'Kulturhuset');
	await solveig.route('**/forums/br?/plan', async (route) => {
		await route.fetch();
		await route.abort();
	});
	await add(form).click();
	await expect(form.getByRole('alert')).toContainText('Tenaren svarar ikkje');
	await expect(form.getByLabel('Stad')).toHaveValue('Kulturhuset');
	expect(planned()).toBe(meetings + 1);
	await solveig.unroute('**/forums/br?/plan');
	await add(form).click();
	await expect(form.getByRole('alert')).toBeHidden();
	await expect(form.getByLabel('Dato')).toHaveValue('');
	expect(planned()).toBe(meetings + 1);
});

test('a server that takes long is waited for, and that is said', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	const form = await planForm(solveig, 'Biblioteket');
	let answer = () => {};
	const held = new Promise<void>((resolve) => (answer = resolve));
	await solveig.route('**/forums/br?/plan', async (route) => {
		await held;
		await route.continue();
	});
	await add(form).click();
	await expect(form.getByRole('status')).toContainText('Sender');
	await expect(add(form)).toBeDisabled();
	await expect(form.getByLabel('Stad')).toBeDisabled();
	answer();
	await expect(form.getByRole('status')).toBeHidden();
	await expect(add(form)).toBeEnabled();
});

test('the session is over in the middle of a form: it is hidden, and sent after signing in', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const context = solveig.context();
	const meetings = planned();
	const form = await planForm(solveig, 'Samfunnshuset');
	await endSessions(context);
	await add(form).click();
	await expect(form.getByRole('alert')).toContainText('blir det sendt av seg sjølv');
	await expect(form.getByLabel('Stad')).toBeHidden();
	expect(planned()).toBe(meetings);

	const opening = context.waitForEvent('page');
	await form.getByRole('link', { name: 'Logg inn' }).click();
	const other = await opening;
	await other
		.getByRole('button', { name: /Jostein/ })
		.first()
		.click();
	await other.waitForURL(server.url + '/');
	await expect(form.getByLabel('Stad')).toBeHidden();
	expect(planned()).toBe(meetings);

	await button(other, 'Logg ut').click();
	await other.waitForURL('**/sign-in');
	await other
		.getByRole('button', { name: /Solveig/ })
		.first()
		.click();
	await expect(form.getByLabel('Dato')).toHaveValue('');
	await expect(form.getByRole('alert')).toBeHidden();
	expect(planned()).toBe(meetings + 1);
});

test('a half-written form survives a menu link, Back and a reload, until it is thrown away', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const form = await planForm(solveig, 'Grendehuset');
	await solveig.getByRole('navigation').getByRole('link').first().click();
	await solveig.waitForURL(server.url + '/');
	await solveig.goBack();
	await expect(form.getByLabel('Stad')).toHaveValue('Grendehuset');
	await expect(form.getByLabel('Dato')).toHaveValue('2026-12-14');
	await solveig.reload();
	await expect(form.getByLabel('Stad')).toHaveValue('Grendehuset');
	await expect(form).toContainText('Du har eit utkast her');
	await button(form, 'Kast utkastet').click();
	await expect(form.getByLabel('Dato')).toHaveValue('');
	await expect(form).not.toContainText('utkast');
	await solveig.reload();
	await expect(solveig.locator('[name=place]')).not.toHaveValue('Grendehuset');
	expect(await kept(solveig)).toEqual([]);
});

test('drafts go when one signs out, and are another person’s to see at no time', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	await planForm(solveig, 'Bedehuset');
	await expect.poll(() => kept(solveig)).toHaveLength(1);
	await button(solveig, 'Logg ut').click();
	await solveig.waitForURL('**/sign-in');
	expect(await kept(solveig)).toEqual([]);

	// Somebody else signs in on top, without anybody signing out.
	await solveig
		.getByRole('button', { name: /Solveig/ })
		.first()
		.click();
	await planForm(solveig, 'Bedehuset');
	await expect.poll(() => kept(solveig)).toHaveLength(1);
	const jostein = await signIn(solveig.context(), server, 'P04');
	await jostein.goto('/forums/br');
	await expect.poll(() => kept(jostein)).toEqual([]);
	await expect(
		solveig.getByRole('form', { name: 'Planlegg eit møte' }).getByLabel('Stad')
	).toBeHidden();
});

test('a new case begun is kept in the page, and not in the browser', async ({ browser }) => {
	const jostein = await signIn(browser, server, 'P04');
	await fillCase(jostein);
	await jostein.getByRole('navigation').getByRole('link').first().click();
	await jostein.waitForURL(server.url + '/');
	await jostein.goBack();
	await expect(jostein.locator('select[name=household]')).not.toHaveValue('');
	expect(await kept(jostein)).toEqual([]);
});

for (const [size, viewport] of [
	['a laptop', { width: 1280, height: 800 }],
	['a phone', { width: 390, height: 800 }]
] as const)
	test(`a refusal is at its field, with the focus, until it is mended, on ${size}`, async ({
		browser
	}) => {
		const context = await browser.newContext({ baseURL: server.url, viewport });
		const solveig = await signIn(context, server, 'P03');
		const meetings = planned();
		const form = await planForm(solveig, 'Rådhuset');
		await form.getByLabel('Til').fill('08:00');
		await add(form).click();
		const ends = form.getByLabel('Til');
		await expect(ends).toBeFocused();
		await expect(ends).toHaveAttribute('aria-invalid', 'true');
		await expect(ends).toHaveAccessibleDescription('Møtet må slutte etter at det begynner.');
		await expect(form.getByRole('alert')).toBeInViewport();
		await form.getByLabel('Tema').fill('noko anna');
		await expect(form.getByRole('alert')).toBeVisible();
		await ends.fill('11:00');
		await expect(form.getByRole('alert')).toBeHidden();

		// What points to a person is found before anything is sent.
		const sent: string[] = [];
		solveig.on('request', (request) => {
			if (request.method() === 'POST') sent.push(request.url());
		});
		await form.getByLabel('Tema').fill('Ring 40 50 60 70 først');
		await add(form).click();
		await expect(form.getByLabel('Tema')).toBeFocused();
		await expect(form.getByRole('alert')).toContainText('telefonnummer');
		expect(
			await form
				.getByLabel('Tema')
				.evaluate((field: HTMLInputElement) =>
					field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
				)
		).toBe('40 50 60 70');
		expect(sent).toEqual([]);
		await expect.poll(() => kept(solveig)).toEqual([]);
		expect(planned()).toBe(meetings);
	});

test('without scripts: one id, one meeting; a refusal at its field, with what was written', async ({
	browser
}) => {
	const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
	const solveig = await signIn(context, server, 'P03');
	const meetings = planned();
	const form = await planForm(solveig, 'Rådhuset');
	await form.getByLabel('Til').fill('08:00');
	await add(form).click();
	await expect(form.getByRole('alert')).toBeVisible();
	await expect(form.getByLabel('Stad')).toHaveValue('Rådhuset');
	await expect(form.getByLabel('Til')).toHaveValue('08:00');
	await form.getByLabel('Til').fill('11:00');
	await add(form).click();
	await expect(form.getByRole('alert')).toBeHidden();
	expect(planned()).toBe(meetings + 1);
	// The browser sends the very same again.
	await solveig.reload();
	expect(planned()).toBe(meetings + 1);
});
