import type { Page } from '@playwright/test';
import { Net } from './net.ts';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const copies = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const text = (page: Page) => minutes(page).locator('p').allInnerTexts();

test('two who write without a net lose nothing and double nothing, though their pages are closed meanwhile', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const pages: Page[] = [];
	const nets: Net[] = [];
	for (const person of ['P03', 'P05']) {
		const page = await signIn(browser, server, person);
		nets.push(await Net.of(page));
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, '1');
		pages.push(page);
	}
	const address = pages[0]!.url();

	await test.step('both write without a net, and the page says what is true', async () => {
		for (const [index, page] of pages.entries()) {
			await nets[index]!.goDown();
			await expect(page.getByText('Fråkopla. Ingenting ventar')).toBeVisible();
			await minutes(page).click();
			await page.keyboard.type(`Frå ${index === 0 ? 'Solveig' : 'Mariann'} utan nett. `);
			await expect(page.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
			await page.goto('about:blank');
		}
	});

	await test.step('both come back, to the same text with all of it once', async () => {
		for (const [index, page] of pages.entries()) {
			await nets[index]!.comeBack();
			await page.goto(address);
			await expect(minutes(page)).toBeVisible();
			await untilSaved(page);
		}
		for (const page of pages)
			for (const name of ['Solveig', 'Mariann']) {
				await expect(minutes(page)).toContainText(`Frå ${name} utan nett.`);
				await expect
					.poll(async () => (await text(page)).join(' ').split(`Frå ${name}`).length)
					.toBe(2);
			}
		expect(await text(pages[0]!)).toEqual(await text(pages[1]!));
	});

	await test.step('who signs out while something waits in a copy is told what that would cost', async () => {
		const [, page] = pages;
		await nets[1]!.goDown();
		await expect(page!.getByText('Fråkopla. Ingenting ventar')).toBeVisible();
		await minutes(page!).click();
		await page!.keyboard.type('Enno noko. ');
		await expect(minutes(page!)).toContainText('Enno noko.');
		await expect(page!.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
		await page!.goto('about:blank');
		await nets[1]!.comeBack();
		await page!.goto(new URL('/', address).href);
		await page!.getByRole('button', { name: 'Logg ut', exact: true }).click();
		await expect(page!.getByRole('alertdialog')).toContainText('ikkje send');
		await page!.getByRole('button', { name: 'Ver innlogga' }).click();
		await page!.goto(address);
		await expect(minutes(page!)).toContainText('Enno noko.');
		await untilSaved(page!);
		await page!.getByRole('button', { name: 'Logg ut', exact: true }).click();
		await page!.waitForURL('**/sign-in');
	});

	await test.step('no copy of a case is kept, and signing out leaves none at all', async () => {
		const [page] = pages;
		await openItem(page!, 'BR 71/26');
		const names = await copies(page!);
		expect(names).toEqual([expect.stringMatching(/^samrad\/[^/]+\/agenda:[^/]+@1$/)]);
		await page!.getByRole('button', { name: 'Logg ut' }).click();
		await page!.waitForURL('**/sign-in');
		await expect.poll(() => copies(page!)).toEqual([]);
	});
});

test('a page that is reloaded without a net goes on with what the browser keeps, and sends it when the net is back', async ({
	browser,
	windows
}) => {
	test.setTimeout(120_000);
	const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'allow' });
	windows.push(context);
	const page = await signIn(context, server, 'P03');
	const net = await Net.of(page);
	await openMeeting(page, server, 'BR', '22/26');
	await openItem(page, '1');
	const address = page.url();
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));

	await test.step('the copy comes up, with what was written last', async () => {
		await net.goDown();
		await expect(page.getByText('Fråkopla. Ingenting ventar')).toBeVisible();
		await minutes(page).click();
		await page.keyboard.type('Før omlastinga. ');
		await expect(page.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
		await page.reload();
		await expect(page).toHaveURL(/\/offline\?to=/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('22/26');
		await expect(page.locator('[contenteditable=true]')).toContainText('Før omlastinga.');
		await expect(page.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
	});

	await test.step('nothing of what stands there came from a cache of pages', async () => {
		const cached = await page.evaluate(async () => {
			const names = await caches.keys();
			const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
			return keys.flat().map(({ url }) => new URL(url).pathname);
		});
		expect(cached.filter((path) => !path.startsWith('/_app/immutable/'))).toEqual(['/offline']);
	});

	await test.step('what is written there is kept and sent, and nothing is doubled', async () => {
		await page.locator('[contenteditable=true]').click();
		await page.keyboard.type('Etter omlastinga. ');
		await net.comeBack();
		await page.getByRole('button', { name: 'Gå til sida' }).click();
		await expect(page).toHaveURL(address);
		for (const words of ['Før omlastinga.', 'Etter omlastinga.'])
			await expect.poll(async () => (await text(page)).join(' ').split(words).length).toBe(2);
		await untilSaved(page);
	});

	await test.step('signing out takes the worker and its cache away', async () => {
		await page.getByRole('button', { name: 'Logg ut', exact: true }).click();
		await page.waitForURL('**/sign-in');
		await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
	});
});
