import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import type { Setting } from './cases.ts';
import { draw } from './chance.ts';
import { Samples, type Spread } from './samples.ts';
import { Served } from './servers.ts';

/*
 * From a key pressed on one page to the first frame painted with it on the others, in real
 * browsers.
 */

export type PageContender = 'ours' | 'hocuspocus';

/** What is written; it stands in nobody's name and on no button. */
const letter = 'q';

export async function openBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error('The pages need a Chromium: npm run chromium.');
	const args = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];
	if (process.getuid?.() === 0) args.push('--no-sandbox');
	return chromium.launch({ executablePath, args });
}

/** So many pages on one text; the first of them types, the others are looked at. */
export async function typeOnPages(
	browser: Browser,
	setting: Setting,
	contender: PageContender,
	count: number,
	keys: number
): Promise<Spread> {
	const { seeded, scratch, world } = setting;
	const folder = join(scratch, `pages-${contender}-${count}-${keys}`);
	const server = await new Served(contender, folder, seeded, []).start();
	const site = contender === 'hocuspocus' ? await serveBarePage() : null;
	const pages: Page[] = [];
	try {
		for (let index = 0; index < count; index++)
			pages.push(
				site
					? await openBarePage(browser, site, server.url, index)
					: await openMeeting(browser, server.url, world.crowded, world.members[index]!)
			);
		return await measure(pages, keys);
	} finally {
		for (const page of pages) await page.context().close();
		site?.close();
		await server.remove();
	}
}

async function openMeeting(
	browser: Browser,
	url: string,
	meeting: string,
	person: string
): Promise<Page> {
	const context = await browser.newContext({ baseURL: url, locale: 'nn-NO' });
	const form = { person };
	await context.request.post('/sign-in/demo', { headers: { origin: url }, form, maxRedirects: 0 });
	const page = await context.newPage();
	await page.goto(`/meetings/${meeting}`);
	const saved = page.locator('[data-state=saved]').first();
	await saved.waitFor();
	await page.locator('main section[aria-labelledby=agenda-heading] [data-line]').first().click();
	await page.locator('.ProseMirror[contenteditable=true]').waitFor();
	await saved.waitFor();
	return page;
}

async function openBarePage(
	browser: Browser,
	site: Server,
	url: string,
	index: number
): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	const { port } = site.address() as AddressInfo;
	const query = new URLSearchParams({ port: new URL(url).port, name: `Skribent ${index}` });
	await page.goto(`http://127.0.0.1:${port}/?${query}`);
	await page.locator('[data-synced] .ProseMirror').waitFor();
	return page;
}

async function measure(pages: Page[], keys: number): Promise<Spread> {
	const [writer, ...readers] = pages as [Page, ...Page[]];
	for (const reader of readers) {
		await reader.locator('.ProseMirror').click();
		await reader.evaluate(watchPaint, letter);
	}
	await writer.locator('.ProseMirror').click();
	await writer.evaluate(watchKeys, letter);
	for (let key = 0; key < keys; key++) {
		await writer.keyboard.press(letter);
		await wait(120 + draw(80));
	}
	const arrived = (count: number) => (globalThis as unknown as Noted).times[count] !== undefined;
	for (const reader of readers) await reader.waitForFunction(arrived, keys);
	const pressed = await writer.evaluate(takeTimes);
	const samples = new Samples();
	for (const reader of readers) {
		const painted = await reader.evaluate(takeTimes);
		// The first few find everything cold.
		for (let key = 4; key <= keys; key++) samples.add(painted[key]! - pressed[key]!);
	}
	return samples.summary();
}

/**
 * On the page's globalThis: when the letter was pressed, or painted, for the first, second …
 * time.
 */
interface Noted {
	times: number[];
}

function takeTimes(): number[] {
	return (globalThis as unknown as Noted).times;
}

function watchKeys(letter: string): void {
	const times: number[] = [0];
	(globalThis as unknown as Noted).times = times;
	const note = ({ key }: KeyboardEvent) =>
		key === letter && times.push(performance.timeOrigin + performance.now());
	addEventListener('keydown', note, { capture: true });
}

function watchPaint(letter: string): void {
	const times: number[] = [];
	(globalThis as unknown as Noted).times = times;
	const editor = document.querySelector('.ProseMirror')!;
	const count = () => editor.textContent.split(letter).length - 1;
	new MutationObserver(() => {
		const now = count();
		requestAnimationFrame(() => {
			for (let seen = now; seen > 0 && times[seen] === undefined; seen--)
				times[seen] = performance.timeOrigin + performance.now();
		});
	}).observe(editor, { subtree: true, childList: true, characterData: true });
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** The page of tests/bench/peers/page, as vite has built it. */
async function serveBarePage(): Promise<Server> {
	const root = 'tests/bench/peers/node_modules/.page';
	const server = createServer(({ url = '/' }, response) => {
		const { pathname } = new URL(url, 'http://page');
		const path = pathname === '/' ? '/index.html' : pathname;
		try {
			const body = readFileSync(join(root, path));
			response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return server;
}
