import type { BrowserContext, Locator, Page } from '@playwright/test';
import { button, main, recommend, recommendation, region, rule, start } from './board.ts';
import { agendaLine, expect, minutes, openItem, openMeeting, signIn, test } from './people.ts';
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
	// What is unfolded before the page has woken is folded again when it does.
	await page.waitForLoadState('networkidle');
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

test('a half-written decision and a half-written action survive the chair’s next step', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	for (const page of [solveig, mariann]) await openMeeting(page, server, 'BR', '22/26');
	await start(solveig);
	await button(solveig, 'Byrj med: Opning, oppmøte og habilitet Alt+N').click();
	const on = (page: Page, title: string) =>
		expect(main(page).locator('article')).toHaveAccessibleName(new RegExp(title));
	for (const page of [solveig, mariann]) await on(page, 'Opning');

	await button(mariann, 'Ny avgjerd').click();
	const decision = mariann.getByRole('form', { name: 'Ny avgjerd' });
	await decision.getByLabel('Kva er avgjort?').fill('Rådet møtest kvar');
	await button(solveig, 'Nytt oppfølgingspunkt').click();
	const action = solveig.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
	await action.getByLabel('Kva').fill('Ring dei som');
	await solveig.keyboard.press('Alt+N');
	for (const [page, form] of [
		[solveig, action],
		[mariann, decision]
	] as const) {
		await on(page, 'Godkjenning');
		await expect(form).toHaveCount(0);
		await agendaLine(page, '1').locator('[data-line]').click();
		await on(page, 'Opning');
	}
	await expect(decision).toContainText('Du har eit utkast her');
	await expect(decision.getByLabel('Kva er avgjort?')).toHaveValue('Rådet møtest kvar');
	await expect(action.getByLabel('Kva')).toHaveValue('Ring dei som');

	const decisions = count('decision');
	await decision.getByLabel('Kva er avgjort?').fill('Rådet møtest kvar veke');
	await button(decision, 'Før inn avgjerda').click();
	await expect(decision).toBeHidden();
	expect(count('decision')).toBe(decisions + 1);
	// What has been put away does not come out by itself.
	await button(action, 'Avbryt').click();
	await agendaLine(solveig, '2').locator('[data-line]').click();
	await on(solveig, 'Godkjenning');
	await agendaLine(solveig, '1').locator('[data-line]').click();
	await on(solveig, 'Opning');
	await expect(action).toBeHidden();
	await button(solveig, 'Nytt oppfølgingspunkt').click();
	await expect(action.getByLabel('Kva')).toHaveValue('Ring dei som');
});

interface Making {
	what: string;
	/** What there is one more of afterwards. */
	table: string;
	/** How many more, where one command makes several. */
	many?: number;
	as: string;
	/** Fills the form, and says which button sends it. */
	fill: (page: Page) => Promise<Locator>;
	/** It has been done, and that is to be seen. */
	done: (page: Page) => Promise<void>;
}

const board = async (page: Page, item?: string) => {
	await openMeeting(page, server, 'BR', '22/26');
	if (item) await openItem(page, item);
};
/** The same, while the meeting is on. */
const underWay = async (page: Page, item?: string) => {
	await board(page);
	if (await button(page, 'Start møtet').isVisible()) await start(page);
	await expect(button(page, 'Avslutt møtet')).toBeVisible();
	if (item) await openItem(page, item);
};
const choose = async (select: Locator, text: string) => {
	const option = select.locator('option', { hasText: text });
	await select.selectOption((await option.getAttribute('value')) ?? '');
};

const makings: Making[] = [
	{
		what: 'a decision',
		table: 'decision',
		as: 'P03',
		async fill(page) {
			await board(page, '3');
			await button(page, 'Ny avgjerd').click();
			const form = page.getByRole('form', { name: 'Ny avgjerd' });
			await form.getByLabel('Kva er avgjort?').fill('Rådet møtest to gonger i januar');
			return button(form, 'Før inn avgjerda');
		},
		done: (page) => expect(page.getByRole('form', { name: 'Ny avgjerd' })).toBeHidden()
	},
	{
		what: 'an action at a case',
		table: 'action',
		as: 'P03',
		async fill(page) {
			await board(page, 'BR 72/26');
			await button(page, 'Nytt oppfølgingspunkt').click();
			const form = page.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
			await form.getByLabel('Kva').fill('Ring utleigaren');
			await form.getByLabel('Ansvarleg').selectOption({ index: 1 });
			return button(form, 'Opprett');
		},
		done: (page) => expect(page.getByRole('form', { name: 'Nytt oppfølgingspunkt' })).toBeHidden()
	},
	{
		what: 'a case put on the agenda',
		table: 'agenda_item',
		as: 'P03',
		async fill(page) {
			await board(page);
			await page.getByText('Legg ei sak på lista').click();
			const form = page.locator('form[action="?/putCase"]');
			await choose(form.getByLabel('Sak', { exact: true }), 'S-B5NX');
			await form.getByLabel('Kva gjeld det? (utan namn)').fill('Busetjing i vår');
			return button(form, 'Legg til');
		},
		done: (page) => expect(main(page).locator('article')).toContainText('S-B5NX')
	},
	{
		what: 'a recommendation',
		table: 'recommendation',
		as: 'P03',
		async fill(page) {
			await board(page, 'BR 71/26');
			await button(page, 'Skriv innstilling').click();
			const form = page.getByRole('form', { name: 'Innstilling', exact: true });
			await choose(form.getByLabel('Bustad', { exact: true }), 'B-103');
			await form.getByLabel('Det rådet legg vekt på').fill('rett storleik');
			return button(form, 'Lagre utkastet');
		},
		done: (page) => expect(recommendation(page)).toContainText('rett storleik')
	},
	{
		what: 'a ruling asked for',
		table: 'ruling',
		as: 'P03',
		async fill(page) {
			await underWay(page, 'BR 72/26');
			await recommend(page, { dwelling: 'B-111', reasons: 'ung og utan bustad' });
			const form = page.getByRole('form', { name: /^Send I-\d{3} til vedtak$/ });
			return button(form, 'Send til vedtak');
		},
		done: (page) => expect(page.getByRole('form', { name: /^Send I-/ })).toHaveCount(0)
	},
	{
		what: 'a question of disqualification',
		table: 'recusal',
		as: 'P08',
		async fill(page) {
			await board(page, 'BR 76/26');
			await page.locator('summary', { hasText: 'Eg kan vere inhabil og går frå' }).click();
			await page.getByLabel('Grunn', { exact: true }).selectOption('close_tie');
			return button(page, 'Eg kan vere inhabil og går frå');
		},
		done: (page) => expect(agendaLine(page, 'BR 76/26')).toHaveCount(0)
	},
	{
		what: 'a ruling',
		table: "audit WHERE deed LIKE 'ruling.%'",
		as: 'P02',
		async fill(page) {
			await page.goto('/rulings/V-099');
			const form = page.getByRole('form', { name: 'Følg innstillinga' });
			await form.getByLabel('Melding motteken').fill('2026-11-23');
			return button(form, 'Følg innstillinga');
		},
		done: (page) => expect(region(page, 'Vedtak')).toBeVisible()
	},
	{
		what: 'an appeal',
		table: 'appeal',
		as: 'P02',
		async fill(page) {
			await rule(page, 'V-101', { how: 'Følg innstillinga', notice: '2026-11-23' });
			return button(page.getByRole('form', { name: 'Noter klage' }), 'Noter klage');
		},
		done: (page) => expect(region(page, 'Klage')).toContainText('Motteken')
	},
	{
		what: 'a list of work',
		table: 'ruling_action',
		many: 2,
		as: 'P03',
		async fill(page) {
			await page.goto('/rulings/V-098');
			return button(page, 'Send ut oppgåvene');
		},
		done: (page) => expect(button(page, 'Send ut oppgåvene')).toBeHidden()
	},
	{
		what: 'a version that is kept',
		table: 'meeting_version',
		as: 'P03',
		async fill(page) {
			await board(page);
			// While the meeting is on, its page shows the item that it is at.
			await page.goto(page.url().replace(/(\/meetings\/[^/]+).*/, '$1/versions'));
			await page.getByLabel('Ta vare på teksten slik han er no').fill('Før pausen');
			return button(page, 'Ta vare på');
		},
		done: (page) => expect(main(page).getByRole('listitem').first()).toContainText('Før pausen')
	},
	{
		what: 'a correction',
		table: 'correction',
		as: 'P03',
		async fill(page) {
			await underWay(page);
			await button(page, 'Avslutt møtet').click();
			await expect(button(page, 'Lås referatet')).toBeVisible();
			await openItem(page, '3');
			await page.getByLabel('Kva bør rettast?').fill('Møtet var på Rådhuset');
			return button(page, 'Foreslå retting');
		},
		done: (page) => expect(main(page).locator('article')).toContainText('«Møtet var på Rådhuset»')
	}
];

for (const { what, table, many = 1, as, fill, done } of makings)
	test(`a double click makes one: ${what}`, async ({ browser }) => {
		const page = await signIn(browser, server, as);
		const send = await fill(page);
		await expect(send).toBeEnabled();
		const before = count(table);
		await send.dblclick();
		await done(page);
		// What has been written shows in some places before it has been sent.
		await expect.poll(() => count(table)).toBeGreaterThanOrEqual(before + many);
		await expect(page.locator('form[aria-busy="true"]')).toHaveCount(0);
		expect(count(table)).toBe(before + many);
	});
