import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import { readAgenda, textOf } from '../src/lib/domain/agenda.ts';
import { caller } from './callers.ts';
import { Net } from './net.ts';
import { Peer } from './peers.ts';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { Received, traces } from './received.ts';
import { meetingId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

const canary = 'kanarifuglXQZJ';
let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** Files of the server in which the word stands. */
function filesWith(word: string): string[] {
	return readdirSync(server.data, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => readFileSync(file).includes(word));
}

/** Everything in the page's IndexedDB, as text: names of the databases and bytes of their rows. */
function inBrowser(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const done = <Result>(request: IDBRequest<Result>) =>
			new Promise<Result>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		let all = '';
		for (const { name } of await indexedDB.databases()) {
			const database = await done(indexedDB.open(name ?? ''));
			all += `${name}\n`;
			for (const store of database.objectStoreNames) {
				const rows = await done(database.transaction(store).objectStore(store).getAll());
				for (const row of rows)
					all += row instanceof Uint8Array ? new TextDecoder().decode(row) : JSON.stringify(row);
			}
			database.close();
		}
		return all;
	});
}

test('what the chair erases is gone for everybody, also for who was away and who wrote it', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	const berit = await signIn(browser, server, 'P06');
	const net = await Net.of(berit);
	for (const page of [solveig, mariann, berit]) {
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, '1');
	}

	await test.step('Mariann writes what must not stand there, and the others see it', async () => {
		await minutes(mariann).click();
		// In one piece, as pasted: what is typed by the letter cannot be looked for in files.
		await mariann.keyboard.insertText(`Det gjeld ${canary} her.`);
		await untilSaved(mariann);
		for (const page of [solveig, berit]) await expect(minutes(page)).toContainText(canary);
		expect(filesWith(canary).length).toBeGreaterThan(0);
		await expect.poll(() => inBrowser(berit)).toContain(canary);
	});

	await test.step('Berit loses the net and writes on', async () => {
		await net.goDown();
		await expect(berit.locator('[data-state=offline]')).toBeVisible();
		await minutes(berit).click();
		await berit.keyboard.press('Control+End');
		await berit.keyboard.type(' Frå Berit.');
		await expect(berit.getByText(/Fråkopla, \d+ ventar/)).toBeVisible();
	});

	await test.step('Solveig selects it, sees what will go, and erases it', async () => {
		await erase(solveig, canary);
	});

	await test.step('it is gone, and the pages go on by themselves', async () => {
		for (const page of [solveig, mariann]) {
			await expect(minutes(page)).toHaveText(/Det gjeld\s+her\./);
			await expect(page.getByText(/Sletta for godt .* av Solveig Testvik/)).toBeVisible();
			await untilSaved(page);
		}
		expect(filesWith(canary)).toEqual([]);
	});

	await test.step('the one who typed it cannot bring it back', async () => {
		await minutes(mariann).click();
		for (const keys of ['Control+z', 'Control+z', 'Control+y', 'Control+Shift+z'])
			await mariann.keyboard.press(keys);
		await mariann.keyboard.press('Control+End');
		await mariann.keyboard.type(' Vidare.');
		await expect(minutes(solveig)).toHaveText(/Det gjeld\s+her\. Vidare\./);
		await untilSaved(mariann);
	});

	await test.step('Berit comes back: her own words to take over, and no copy that has it', async () => {
		await net.comeBack();
		const unsent = berit.getByRole('region', { name: 'Dette vart ikkje lagra' });
		await expect(unsent.getByLabel(/^Det du skreiv/)).toHaveValue(/Frå Berit\.$/, {
			timeout: 20_000
		});
		await expect(unsent.getByLabel(/^Det du skreiv/)).not.toHaveValue(new RegExp(canary));
		await expect(minutes(berit)).toHaveText(/Det gjeld\s+her\. Vidare\./);
		for (const page of [solveig, mariann, berit])
			await expect.poll(() => inBrowser(page)).not.toContain(canary);
		await expect.poll(() => inBrowser(berit)).not.toMatch(/@1\n/);
	});

	await test.step('nor does a restart', async () => {
		await server.restart();
		await solveig.reload();
		await expect(minutes(solveig)).toHaveText(/Det gjeld\s+her\. Vidare\./);
		expect(filesWith(canary)).toEqual([]);
	});
});

test('what stands only in an action is erased at its item, by words that are typed', async ({
	browser
}) => {
	const word = 'kanarifuglPMWT';
	const solveig = await signIn(browser, server, 'P03');
	await openMeeting(solveig, server, 'BR', '22/26');
	await openItem(solveig, '3');
	await minutes(solveig).click();
	await solveig.keyboard.insertText('Ringje');
	await solveig.keyboard.press('Control+Alt+A');
	const form = solveig.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
	await form.getByLabel('Kva skal gjerast').fill(`Ringje ${word}`);
	await form.getByLabel('Ansvarleg').selectOption({ label: 'Berit Skissdal, Bustadforvaltar' });
	await form.getByLabel('Frist').fill('2026-12-11');
	await solveig.keyboard.press('Control+Enter');
	await expect(form).toBeHidden();
	await expect(solveig.getByRole('row', { name: `Ringje ${word}` })).toBeVisible();

	await solveig.getByRole('button', { name: 'Slett for godt …' }).click();
	const dialog = solveig.getByRole('dialog', { name: 'Slett for godt' });
	await dialog.getByRole('textbox', { name: 'Ord som skal bort' }).fill(word);
	await dialog.getByRole('button', { name: 'Sjå kva som blir borte' }).click();
	await expect(dialog).toContainText(/Det står i oppfølgingspunkt, og blir borte der: O-\d+\./);
	await dialog.getByLabel('Grunn').selectOption('third_party');
	await dialog.getByRole('button', { name: 'Slett for godt', exact: true }).click();
	await expect(dialog).toBeHidden();
	await expect(solveig.getByRole('row', { name: 'Ringje …' })).toBeVisible();
	expect(filesWith(word)).toEqual([]);
});

test('what points to one person is not taken in, and what a client made by hand writes is not locked', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const number = '14857134576';
	const told = 'Dette ser ut til å peike ut ein person';
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	const received = await Received.by(solveig);
	for (const page of [solveig, mariann]) {
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, '2');
	}

	await test.step('typed in the minutes it stops at the last digit, and typing goes on', async () => {
		await minutes(mariann).click();
		await mariann.keyboard.type(`Gjeld ${number}`);
		await expect(mariann.getByRole('alert').filter({ hasText: told })).toBeVisible();
		await expect(minutes(mariann)).toHaveText('Gjeld 1485713457');
		for (let digits = 10; digits > 0; digits--) await mariann.keyboard.press('Backspace');
		await expect(mariann.getByText(told)).toBeHidden();
		await mariann.keyboard.type('S-K6YJ.');
		// With the name of who writes at the end.
		await expect(minutes(solveig)).toContainText('Gjeld S-K6YJ.');
	});

	await test.step('pasted and dropped likewise', async () => {
		for (const kind of ['paste', 'drop']) {
			await minutes(mariann).evaluate(bring, { kind, text: `Sjå ${number} her` });
			await expect(mariann.getByText(told)).toBeVisible();
			await mariann.keyboard.press('End');
			await expect(mariann.getByText(told)).toBeHidden();
			await expect(minutes(mariann)).toHaveText('Gjeld S-K6YJ.');
		}
		await minutes(mariann).evaluate(bring, { kind: 'paste', text: ' Husleige 50 000 000 kr.' });
		await expect(minutes(solveig)).toContainText('50 000 000 kr.');
	});

	await test.step('and in a title', async () => {
		const title = mariann.getByLabel('Tittel på punkt 2', { exact: true });
		const before = await title.inputValue();
		await title.click();
		await mariann.keyboard.press('End');
		await mariann.keyboard.type(` ${number}`);
		await expect(mariann.getByText(told).first()).toBeVisible();
		await expect(title).toHaveValue(`${before} ${number.slice(0, -1)}`);
		for (let typed = 0; typed < number.length; typed++) await mariann.keyboard.press('Backspace');
		await expect(title).toHaveValue(before);
		await untilSaved(mariann);
	});

	await test.step('nobody else has had it', async () => {
		expect(traces(received.all, [number])).toEqual([]);
		expect(filesWith(number)).toEqual([]);
	});

	await test.step('a client made by hand writes it, and the chair is told where when locking', async () => {
		const peer = await new Peer(await caller(server, 'P05'), room('22/26')).opened();
		const item = minutesIn(peer.doc, 'Gjeld S-K6YJ');
		item.insert(item.length, ` Altså ${number}.`);
		await peer.saved();
		peer.leave();
		await expect(minutes(solveig)).toContainText(number);
		for (const step of ['Start møtet', 'Avslutt møtet', 'Lås referatet'])
			await solveig.getByRole('button', { name: step, exact: true }).click();
		const no = solveig.getByRole('alert').filter({ hasText: 'peikar ut ein person: 2.' });
		await expect(no).toBeVisible();
		await expect(no).not.toContainText(number);
		await expect(solveig.getByText('Låst', { exact: true })).toHaveCount(0);
	});

	await test.step('erased for good it is locked', async () => {
		await openItem(solveig, '2');
		await erase(solveig, number);
		await expect(minutes(solveig)).toContainText('Altså .');
		await solveig.getByRole('button', { name: 'Lås referatet', exact: true }).click();
		await expect(solveig.getByText('Låst', { exact: true }).first()).toBeVisible();
		expect(filesWith(number)).toEqual([]);
	});
});

/** The room of a meeting of the board, at its present epoch. */
function room(number: string): string {
	const name = `agenda:${meetingId(server, 'BR', number)}`;
	const [row] = rows(server, 'SELECT epoch FROM document WHERE id = ?', name);
	return `${name}@${String(row?.epoch ?? 1)}`;
}

/** The line of an item's minutes in which these words stand. */
function minutesIn(doc: Y.Doc, words: string): Y.XmlText {
	for (const { id } of readAgenda(doc))
		for (const node of textOf(doc, id)?.createTreeWalker((one) => one instanceof Y.XmlText) ?? [])
			if (node instanceof Y.XmlText && node.toString().includes(words)) return node;
	throw new Error('Nobody has written that.');
}

/** Runs in the page: brings a text to the editor, as its clipboard or its mouse would. */
function bring(editor: Element, { kind, text }: { kind: string; text: string }): void {
	const data = new DataTransfer();
	data.setData('text/plain', text);
	const { x, y } = editor.querySelector('p')!.getBoundingClientRect();
	const usual = { bubbles: true, cancelable: true };
	editor.dispatchEvent(
		kind === 'paste'
			? new ClipboardEvent('paste', { ...usual, clipboardData: data })
			: new DragEvent('drop', { ...usual, dataTransfer: data, clientX: x + 4, clientY: y + 4 })
	);
}

/** The chair selects a word in the minutes, sees what will go, and erases it. */
async function erase(page: Page, word: string): Promise<void> {
	await page.evaluate((word) => {
		const text = [...document.querySelectorAll('article .ProseMirror p')]
			.map((line) => line.firstChild as Text)
			.find(({ data }) => data.includes(word))!;
		const from = text.data.indexOf(word);
		getSelection()!.setBaseAndExtent(text, from, text, from + word.length);
	}, word);
	await page.getByRole('button', { name: 'Slett for godt …' }).click();
	const dialog = page.getByRole('dialog', { name: 'Slett for godt' });
	await dialog.getByRole('button', { name: 'Sjå kva som blir borte' }).click();
	await expect(dialog.getByRole('deletion')).toHaveText(word);
	await dialog.getByLabel('Grunn').selectOption('identifier');
	await dialog.getByRole('button', { name: 'Slett for godt', exact: true }).click();
	await expect(dialog).toBeHidden();
}
