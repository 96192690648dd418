import {
	type Browser,
	type BrowserContext,
	expect,
	type Locator,
	type Page,
	test as base,
	type WebSocket
} from '@playwright/test';
import type { RunningServer } from './server.ts';

/*
 * The people of the stories, and what each of them does in a browser. A story fails in which a
 * page that was opened here broke the content security policy, threw, or asked another host for
 * anything. Take `test` from here: it closes the windows again.
 */

/** A socket of a page that has been closed. */
export interface Closed {
	url: string;
	code: number;
	/** When the page heard of it, in milliseconds of this machine's clock. */
	at: number;
}

/** Windows that the story has opened. */
let opened: BrowserContext[] = [];
const closings = new WeakMap<BrowserContext, Closed[]>();

export const test = base.extend<{ windows: BrowserContext[] }>({
	windows: [
		async ({ browserName: _ }, use) => {
			opened = [];
			await use(opened);
			for (const context of opened) await context.close();
		},
		{ auto: true }
	]
});

export { expect };

/**
 * Signs one of the made-up people in, by code, and opens a page as them: in the given context, or
 * in one of their own. The page is blank.
 */
export async function signIn(
	where: Browser | BrowserContext,
	server: RunningServer,
	person: string
): Promise<Page> {
	const context = 'newContext' in where ? await where.newContext({ baseURL: server.url }) : where;
	const answer = await context.request.post(`${server.url}/sign-in/demo`, {
		headers: { origin: server.url },
		form: { person },
		maxRedirects: 0
	});
	expect(answer.status(), `${person} signs in`).toBe(303);
	return openPage(context, server);
}

/** A blank page that is watched, whoever is signed in there. */
export async function openPage(context: BrowserContext, server: RunningServer): Promise<Page> {
	if (!closings.has(context)) await watch(context, new URL(server.url).host);
	return context.newPage();
}

async function watch(context: BrowserContext, host: string): Promise<void> {
	const closed: Closed[] = [];
	closings.set(context, closed);
	opened.push(context);
	const complain = (text: string) => expect.soft(text, 'a page complains').toBe('');
	const mind = (url: string, what: string) => {
		const { protocol, host: asked } = new URL(url);
		if (/^(https?|wss?):$/.test(protocol) && asked !== host) complain(`${what} to ${url}`);
	};
	context.on('request', (request) => mind(request.url(), 'a request'));
	context.on('weberror', (fault) => complain(String((fault.error() as Error).stack)));
	context.on('console', (message) => {
		if (/content.security.policy/i.test(message.text())) complain(message.text());
	});
	await context.exposeBinding('storyComplains', (_, text: string) => complain(text));
	context.on('page', (page) => page.on('websocket', (socket) => mind(socket.url(), 'a socket')));
	await context.exposeBinding('storySocketClosed', (_, one: Closed) => closed.push(one));
	await context.addInitScript(listen);
}

/** Runs in every page before its own scripts. */
function listen(): void {
	const story = globalThis as unknown as {
		storyComplains(text: string): void;
		storySocketClosed(closed: Closed): void;
	};
	addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
		story.storyComplains(`policy: ${violatedDirective}, ${blockedURI}, ${sourceFile}`)
	);
	globalThis.WebSocket = class extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			this.addEventListener('close', ({ code }) =>
				story.storySocketClosed({ url: this.url, code, at: Date.now() })
			);
		}
	};
}

/** The sockets of this page and its context that have been closed so far, with their codes. */
export function closedSockets(page: Page): Closed[] {
	return closings.get(page.context()) ?? [];
}

export interface Frame {
	/** Path of the socket. */
	path: string;
	direction: 'sent' | 'received';
	payload: string | Buffer;
}

export interface Traffic {
	/** Every frame so far, in order. */
	frames: Frame[];
	/** Every socket so far, open or not. */
	sockets: WebSocket[];
	/** Paths of those that are open. */
	open(): string[];
}

/** Collects every frame of every socket that the page opens from now on. */
export function watchSockets(page: Page): Traffic {
	const frames: Frame[] = [];
	const sockets: WebSocket[] = [];
	const pathOf = (socket: WebSocket) => decodeURIComponent(new URL(socket.url()).pathname);
	page.on('websocket', (socket) => {
		sockets.push(socket);
		const path = pathOf(socket);
		socket.on('framesent', ({ payload }) => frames.push({ path, direction: 'sent', payload }));
		socket.on('framereceived', ({ payload }) =>
			frames.push({ path, direction: 'received', payload })
		);
	});
	return {
		frames,
		sockets,
		open: () => sockets.filter((socket) => !socket.isClosed()).map(pathOf)
	};
}

/**
 * Goes to a meeting by way of its forum's page, and returns its address. Waits until the live
 * agenda is here.
 */
export async function openMeeting(
	page: Page,
	server: RunningServer,
	forum: string,
	number: string
): Promise<string> {
	await page.goto(`${server.url}/forums/${forum.toLowerCase()}`);
	await page.getByRole('main').getByRole('link', { name: number, exact: true }).click();
	await page.waitForURL('**/meetings/*');
	await untilSaved(page);
	return page.url();
}

/** Everything that the page has written is on the server's disk, and the page says so. */
export async function untilSaved(page: Page): Promise<void> {
	await expect(page.locator('[data-state=saved]')).toBeVisible();
}

/** A line of the agenda: «BR 71/26», or by its place, «4» or «6.2». */
export function agendaLine(page: Page, number: string): Locator {
	const exactly = new RegExp(`^\\s*${number.replaceAll('.', '\\.')}\\s*$`);
	const part = page.locator('.number, .ordinal').filter({ hasText: exactly });
	return page
		.getByRole('main')
		.locator('section[aria-labelledby=agenda-heading] li')
		.filter({ has: part });
}

/**
 * Opens an item of the meeting that is open, and waits until its text can be read. Returns the
 * item's side of the page.
 */
export async function openItem(page: Page, number: string): Promise<Locator> {
	const line = agendaLine(page, number).locator('[data-line]');
	await line.click();
	// Not the one that was open before.
	await expect(line).toHaveAttribute('aria-current', 'true');
	const item = page.getByRole('main').locator('article');
	await expect(item.locator('.ProseMirror')).toBeVisible();
	await untilSaved(page);
	return item;
}

/** The minutes of the item that is open, for writing. */
export function minutes(page: Page): Locator {
	return page.getByRole('main').locator('article [contenteditable=true]');
}
