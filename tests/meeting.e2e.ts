import type { Page } from '@playwright/test';
import { expect, openMeeting, signIn, test } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const agenda = (page: Page) => page.getByRole('region', { name: 'Sakliste' });
const minutes = (page: Page) => page.getByRole('textbox', { name: /^Referat: / });
const saved = (page: Page) => expect(page.locator('[data-state=saved]')).toBeVisible();

/** The titles of the agenda's lines, top to bottom. */
async function titles(page: Page): Promise<string[]> {
	return agenda(page)
		.locator('[data-line]')
		.evaluateAll((lines) =>
			lines.map((line) =>
				line instanceof HTMLInputElement
					? line.value
					: (line.textContent ?? '').replace(/\s+/g, ' ')
			)
		);
}

async function line(page: Page, title: string) {
	let place = -1;
	await expect
		.poll(async () => {
			place = (await titles(page)).findIndex((other) => other.includes(title));
			return place;
		})
		.toBeGreaterThanOrEqual(0);
	return agenda(page).locator('[data-line]').nth(place);
}

/** Opens an item from the agenda, and waits until it can be written in. */
async function open(page: Page, title: string) {
	await (await line(page, title)).click();
	await expect(minutes(page)).toBeVisible();
	await saved(page);
}

test('two people run a council meeting at once, and a killed server loses nothing', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');

	await test.step('both open the agenda from the start page', async () => {
		for (const page of [solveig, mariann]) {
			await page.goto('/');
			await page.getByRole('link', { name: 'Opne saklista' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bustadrådet 22/26');
			await saved(page);
		}
		await expect(solveig.getByLabel('Her no: Mariann Dømestad').first()).toBeVisible();
	});

	await test.step('they rearrange it at the same time', async () => {
		const before = await titles(solveig);
		const add = async () => {
			await agenda(solveig).getByRole('button', { name: 'Nytt punkt' }).click();
			await solveig.keyboard.type('Budsjett 2027');
		};
		const move = async () => {
			await (await line(mariann, 'Eventuelt')).focus();
			await mariann.keyboard.press('Alt+ArrowUp');
			await mariann.keyboard.press('Alt+ArrowUp');
		};
		await Promise.all([add(), move()]);
		await expect.poll(() => titles(mariann)).toContain('Budsjett 2027');
		await expect.poll(() => titles(solveig)).toEqual(await titles(mariann));
		const after = await titles(solveig);
		expect([...after].sort()).toEqual([...before, 'Budsjett 2027'].sort());
		expect(after.indexOf('Eventuelt')).toBe(before.indexOf('Eventuelt') - 2);
	});

	await test.step('they write in the same item at the same time and see each other there', async () => {
		await Promise.all([solveig, mariann].map((page) => open(page, 'Ledige bustader')));
		await minutes(solveig).click();
		await minutes(mariann).click();
		await Promise.all([
			solveig.keyboard.type('Tre bustader er ledige no. '),
			mariann.keyboard.type('Den eine er nyleg måla. ')
		]);
		for (const page of [solveig, mariann]) {
			await expect(minutes(page)).toContainText('nyleg måla');
			await saved(page);
		}
		const text = await minutes(solveig).evaluate(ownText);
		const letters = (words: string) => [...words.replace(/\s/g, '')].sort().join('');
		expect(letters(text)).toBe(letters('Tre bustader er ledige no. Den eine er nyleg måla.'));
		expect(await minutes(mariann).evaluate(ownText)).toBe(text);
		await expect(solveig.locator('.caret-name')).toHaveText('Mariann Dømestad');
		await expect(mariann.locator('.caret-name')).toHaveText('Solveig Testvik');
		await expect(solveig.getByText('Mariann Dømestad skriv i')).toBeVisible();
	});

	await test.step('one turns a sentence into an action about a case, and the other sees it appear', async () => {
		await Promise.all([solveig, mariann].map((page) => open(page, 'S-K6YJ')));
		await minutes(solveig).click();
		await solveig.keyboard.type('Spørje om B-103 kan tilpassast');
		await solveig.keyboard.press('Control+Alt+A');
		const form = solveig.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
		await expect(form.getByLabel('Kva skal gjerast')).toHaveValue('Spørje om B-103 kan tilpassast');
		await expect(form.getByText('Gjeld S-K6YJ')).toBeVisible();
		await form.getByLabel('Ansvarleg').selectOption({ label: 'Berit Skissdal, Bustadforvaltar' });
		await form.getByLabel('Frist').fill('2026-12-11');
		await solveig.keyboard.press('Control+Enter');
		await expect(form).toBeHidden();
		await expect(minutes(solveig)).toBeFocused();
		for (const page of [solveig, mariann])
			await expect(page.getByRole('row', { name: /O-25 Spørje om B-103/ })).toBeVisible();
	});

	await test.step('the server is killed while they write, and comes back', async () => {
		await saved(mariann);
		await server.kill();
		await expect(mariann.locator('[data-state=offline]')).toBeVisible();
		await minutes(mariann).click();
		await mariann.keyboard.type('Skrive medan tenaren var nede. ');
		await expect(mariann.getByText(/Fråkopla, \d+ ventar/)).toBeVisible();
		await server.restart();
		for (const page of [solveig, mariann]) {
			await saved(page);
			await expect(minutes(page)).toContainText('Skrive medan tenaren var nede.');
		}
	});

	await test.step('nothing is missing to somebody who comes afresh', async () => {
		await Promise.all([solveig.reload(), mariann.reload()]);
		await expect(minutes(solveig)).toContainText('Spørje om B-103 kan tilpassast');
		await expect(minutes(solveig)).toContainText('Skrive medan tenaren var nede.');
		await open(mariann, 'Ledige bustader');
		await expect(minutes(mariann)).toContainText('nyleg måla');
		expect(await titles(mariann)).toContain('Budsjett 2027');
	});

	await test.step('the action stands in the register, on the case card and on the start page', async () => {
		const berit = await signIn(browser, server, 'P07');
		for (const place of ['/actions', '/cases/S-K6YJ', '/']) {
			await berit.goto(place);
			await expect(berit.getByRole('row', { name: /O-25 Spørje om B-103/ })).toBeVisible();
		}
		await berit.getByRole('button', { name: 'O-25 er utført' }).press('Space');
		await expect(berit.getByRole('row', { name: /O-25/ })).toBeHidden();
		await solveig.goto('/actions?scope=all&status=done');
		await expect(solveig.getByRole('row', { name: /O-25/ })).toBeVisible();
	});
});

test('undo takes back one’s own words only', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	const jostein = await signIn(browser, server, 'P04');
	for (const page of [solveig, jostein]) {
		await page.goto('/');
		await page.getByRole('link', { name: 'Opne saklista' }).click();
		await open(page, 'Utkastingsvarsel');
	}
	await minutes(jostein).click();
	await jostein.keyboard.type('Fire varsel i november.');
	await expect(minutes(solveig)).toContainText('Fire varsel');
	await minutes(solveig).click();
	await solveig.keyboard.press('Control+End');
	await solveig.keyboard.type(' Tull.');
	await expect(minutes(jostein)).toContainText('Tull.');
	await solveig.keyboard.press('Control+Z');
	await expect(minutes(jostein)).not.toContainText('Tull.');
	await expect(minutes(jostein)).toContainText('Fire varsel i november.');
});

test('a removed item comes back with what was written in it', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await solveig.goto('/');
	await solveig.getByRole('link', { name: 'Opne saklista' }).click();
	await open(solveig, 'Hastesaker');
	await minutes(solveig).click();
	await solveig.keyboard.type('Ei hastesak er avgjord.');
	await solveig.getByRole('button', { name: 'Fjern', exact: true }).click();
	await expect.poll(() => titles(solveig)).not.toContain('Hastesaker avgjorde mellom møta');
	await solveig.getByRole('status').getByRole('button', { name: 'Angre' }).click();
	await expect.poll(() => titles(solveig)).toContain('Hastesaker avgjorde mellom møta');
	await open(solveig, 'Hastesaker');
	await expect(minutes(solveig)).toContainText('Ei hastesak er avgjord.');
});

/** The text without the name tags of carets. Runs in the page. */
function ownText(textbox: Element): string {
	const copy = textbox.cloneNode(true) as Element;
	copy.querySelectorAll('.caret').forEach((mark) => mark.remove());
	return (copy.textContent ?? '').replace(/[\u2060\ufeff]/g, '');
}

test('a letter restyles what it stands in, and not the page, where it is typed and where it is read', async ({
	browser
}) => {
	const writer = await signIn(browser, server, 'P03');
	const reader = await signIn(browser, server, 'P05');
	for (const page of [writer, reader]) {
		await openMeeting(page, server, 'BR', '23/26');
		await agenda(page).locator('[data-line]').first().click();
		await minutes(page).click();
	}
	const letters = async (text: string) => {
		await writer.keyboard.type(text);
		await expect(minutes(reader)).toContainText(text);
	};
	// The first letter draws what was not there before: the writer's name at their caret, the state.
	await letters('a');
	await saved(writer);
	for (const page of [writer, reader]) {
		await browser.startTracing(page, { categories: ['devtools.timeline'] });
		await letters('bcdefghij');
		const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
		const restyled = trace.traceEvents
			.filter(({ name }) => name === 'UpdateLayoutTree')
			.map(({ args }) => args.elementCount ?? 0)
			.sort((one, other) => one - other);
		expect(restyled.length).toBeGreaterThan(5);
		expect(restyled[Math.floor(restyled.length / 2)]).toBeLessThan(30);
	}
});

interface TraceEvent {
	name: string;
	args: { elementCount?: number };
}
