import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import { readAgenda, textOf } from '../src/lib/domain/agenda.ts';
import { Net } from './net.ts';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

/* What a browser keeps of documents, and what it does not. */

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** Names of the copies of one kind of document. */
const copies = (page: Page, kind: string) =>
	page.evaluate(async (kind) => {
		const found = await indexedDB.databases();
		return found.flatMap(({ name }) => (name?.includes(`/${kind}:`) ? [name] : []));
	}, kind);

/** Whether these words, plain letters, lie anywhere in the browser's databases. */
const keeps = (page: Page, words: string) =>
	page.evaluate(async (words) => {
		const spoken = new TextDecoder('latin1');
		const said = (value: unknown) =>
			value instanceof Uint8Array ? spoken.decode(value) : JSON.stringify(value);
		const read = <Result>(request: IDBRequest<Result>) =>
			new Promise<Result>((done, failed) => {
				request.onsuccess = () => done(request.result);
				request.onerror = () => failed(request.error);
			});
		let found = false;
		for (const { name } of await indexedDB.databases()) {
			const db = await read(indexedDB.open(name!));
			for (const store of db.objectStoreNames) {
				const values: unknown[] = await read(db.transaction(store).objectStore(store).getAll());
				found ||= values.some((value) => said(value).includes(words));
			}
			db.close();
		}
		return found;
	}, words);

async function write(page: Page, words: string): Promise<void> {
	await minutes(page).click();
	await page.keyboard.press('Control+End');
	// At one go, so that it lies in one piece wherever it is kept.
	await page.keyboard.insertText(words);
	await untilSaved(page);
}

test('the minutes of a case are in this browser only while the person has said so, and not after signing out', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const page = await signIn(browser, server, 'P03');
	await openMeeting(page, server, 'BR', '22/26');
	await openItem(page, 'BR 71/26');
	const address = page.url();
	const keep = page.getByLabel(/Ta vare på saksreferat i denne nettlesaren/);

	await test.step('off, as it is from the beginning: nothing of what is written is kept', async () => {
		await expect(keep).not.toBeChecked();
		await write(page, 'Ikkje i skuffa. ');
		await expect.poll(() => copies(page, 'agenda')).toHaveLength(1);
		expect(await copies(page, 'item')).toEqual([]);
		expect(await keeps(page, 'Ikkje i skuffa')).toBe(false);
	});

	await test.step('on: a copy is there, with what was written before and after', async () => {
		await keep.check();
		await expect.poll(() => copies(page, 'item')).toHaveLength(1);
		await expect(minutes(page)).toContainText('Ikkje i skuffa.');
		await write(page, 'No i skuffa. ');
		await expect.poll(() => keeps(page, 'No i skuffa')).toBe(true);
		await page.reload();
		await expect(keep).toBeChecked();
		expect(await copies(page, 'item')).toHaveLength(1);
	});

	await test.step('off again: it goes, and the minutes stand as they are', async () => {
		await keep.uncheck();
		await expect.poll(() => copies(page, 'item')).toEqual([]);
		await expect(minutes(page)).toContainText('No i skuffa.');
		expect(await keeps(page, 'No i skuffa')).toBe(false);
	});

	await test.step('on, and signed out: it is gone, and off for who signs in next', async () => {
		await keep.check();
		await expect.poll(() => keeps(page, 'No i skuffa')).toBe(true);
		await untilSaved(page);
		await page.getByRole('button', { name: 'Logg ut', exact: true }).click();
		await page.waitForURL('**/sign-in');
		await expect.poll(() => copies(page, 'item')).toEqual([]);
		const again = await signIn(page.context(), server, 'P03');
		await again.goto(address);
		await expect(again.getByLabel(/Ta vare på saksreferat/)).not.toBeChecked();
	});
});

test('what is written before the browser has opened its copy counts as waiting all the same, once it has', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const page = await signIn(browser, server, 'P05');
	const net = await Net.of(page);
	await openMeeting(page, server, 'BR', '22/26');
	await openItem(page, '1');
	const address = page.url();
	await expect.poll(() => copies(page, 'agenda')).toHaveLength(1);
	const [name] = await copies(page, 'agenda');
	await page.goto('about:blank');

	await test.step('a page whose browser is slow with it: it waits for nobody for long', async () => {
		// A change of version of the same database, which goes on until it is told to end: the page's
		// own opening waits for it.
		await page.addInitScript((name) => {
			if (location.protocol === 'about:') return;
			const story = globalThis as unknown as { letGo: boolean };
			const request = indexedDB.open(name, Date.now());
			request.onupgradeneeded = () => {
				const store = request.transaction!.objectStore('custom');
				const again = () => {
					if (!story.letGo) store.get('label').onsuccess = again;
				};
				again();
			};
			request.onsuccess = () => request.result.close();
		}, name!);
		await page.goto(address);
		await untilSaved(page);
	});

	await test.step('without a net, what she writes is said not to be kept, and then to be', async () => {
		await net.goDown();
		await expect(page.getByText('Fråkopla. Ingenting ventar')).toBeVisible();
		await minutes(page).click();
		await page.keyboard.type('Før kopien. ');
		await expect(page.getByText(/Fråkopla, \d+ ventar/)).toBeVisible();
		await expect(page.getByText(/teke vare på/)).toBeHidden();
		await page.evaluate(() => {
			(globalThis as unknown as { letGo: boolean }).letGo = true;
		});
		await expect(page.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
	});

	await test.step('after the page has gone it still counts, and comes in with the next', async () => {
		await page.goto('about:blank');
		await net.comeBack();
		// From here on the browser is quick again.
		await page.addInitScript(() => {
			(globalThis as unknown as { letGo: boolean }).letGo = true;
		});
		await page.goto(new URL('/', address).href);
		await page.getByRole('button', { name: 'Logg ut', exact: true }).click();
		await expect(page.getByRole('alertdialog')).toContainText('ikkje send');
		await page.getByRole('button', { name: 'Ver innlogga' }).click();
		await page.goto(address);
		await expect(minutes(page)).toContainText('Før kopien.');
		await untilSaved(page);
	});
});

/** Everything in a copy's two stores; bytes as numbers. */
const contentOf = (page: Page, name: string) =>
	page.evaluate(async (name) => {
		const read = <Result>(request: IDBRequest<Result>) =>
			new Promise<Result>((done, failed) => {
				request.onsuccess = () => done(request.result);
				request.onerror = () => failed(request.error);
			});
		const db = await read(indexedDB.open(name));
		const stores = db.transaction(['updates', 'custom']);
		const rows: Uint8Array[] = await read(stores.objectStore('updates').getAll());
		const custom = db.transaction('custom').objectStore('custom');
		const [keys, values] = [await read(custom.getAllKeys()), await read(custom.getAll())];
		db.close();
		return {
			updates: rows.map((row) => [...row]),
			custom: keys.map((key, at) => [key as string, values[at] as unknown] as const)
		};
	}, name);

type Content = Awaited<ReturnType<typeof contentOf>>;

/** Makes a copy anew as y-indexeddb did, which the first browsers' copies are made by. */
const makeAnew = (page: Page, name: string, content: Content) =>
	page.evaluate(
		async ([name, { updates, custom }]) => {
			const done = (request: IDBRequest) =>
				new Promise((done, failed) => {
					request.onsuccess = done;
					request.onerror = () => failed(request.error);
				});
			await done(indexedDB.deleteDatabase(name));
			const opening = indexedDB.open(name);
			opening.onupgradeneeded = () => {
				opening.result.createObjectStore('updates', { autoIncrement: true });
				opening.result.createObjectStore('custom');
			};
			await done(opening);
			const writing = opening.result.transaction(['updates', 'custom'], 'readwrite');
			for (const update of updates) writing.objectStore('updates').add(new Uint8Array(update));
			for (const [key, value] of custom) writing.objectStore('custom').put(value, key);
			await new Promise((done) => (writing.oncomplete = done));
			opening.result.close();
		},
		[name, content] as const
	);

test('a copy as y-indexeddb made it is read whole, and put together once it has become long', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const page = await signIn(browser, server, 'P03');
	await openMeeting(page, server, 'BR', '22/26');
	await openItem(page, '1');
	await write(page, 'Frå sidan sjølv. ');
	const address = page.url();
	const [name] = await copies(page, 'agenda');
	await expect.poll(() => keeps(page, 'sidan sj')).toBe(true);
	// A page of the same browser on which nothing of ours runs.
	await page.goto(new URL('/icon.svg', address).href);

	const held = await contentOf(page, name!);
	const doc = new Y.Doc();
	for (const update of held.updates) Y.applyUpdate(doc, new Uint8Array(update));
	const made: number[][] = [];
	doc.on('update', (update) => made.push([...update]));
	const item = readAgenda(doc).find(({ id }) =>
		textOf(doc, id)?.toString().includes('Frå sidan sjølv.')
	);
	const paragraph = new Y.XmlElement('paragraph');
	textOf(doc, item!.id)!.push([paragraph]);
	const words = new Y.XmlText();
	paragraph.push([words]);
	// Each letter is a row, as where somebody has written on for hours.
	for (const letter of 'Berre i skuffa. '.repeat(40)) words.insert(words.length, letter);
	expect(made.length).toBeGreaterThan(500);
	await makeAnew(page, name!, { ...held, updates: [...held.updates, ...made] });

	await page.goto(address);
	await expect(minutes(page)).toContainText('Berre i skuffa. Berre i skuffa.');
	await untilSaved(page);
	await write(page, 'Og litt til. ');
	await expect.poll(async () => (await contentOf(page, name!)).updates.length).toBeLessThan(50);
	expect(await keeps(page, 'Berre i skuffa')).toBe(true);

	const other = await signIn(browser, server, 'P05');
	await other.goto(address);
	await expect(minutes(other)).toContainText('Berre i skuffa. Berre i skuffa.');
});
