import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { caller, post } from './callers.ts';
import { messagesIn } from './messages.ts';
import { agendaLine, expect, openItem, openPage, signIn, test, untilSaved } from './people.ts';
import { itemId, meetingId } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/*
 * What holds of every page, in every language, by day and by night, on a phone and on a desk:
 * three settings a page, so that each page meets each language, each theme and each width, and
 * all pages together every pair of them.
 */

test.describe.configure({ mode: 'parallel' });

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const languages = { nn: 'nn', nb: 'nb', en: 'en' } as const;
interface Setting {
	language: keyof typeof languages;
	colorScheme: 'light' | 'dark';
	width: 390 | 1440;
}

const settings: Setting[][] = [
	[
		{ language: 'nn', colorScheme: 'light', width: 390 },
		{ language: 'nb', colorScheme: 'dark', width: 1440 },
		{ language: 'en', colorScheme: 'dark', width: 390 }
	],
	[
		{ language: 'nn', colorScheme: 'dark', width: 1440 },
		{ language: 'nb', colorScheme: 'light', width: 390 },
		{ language: 'en', colorScheme: 'light', width: 1440 }
	],
	[
		{ language: 'nn', colorScheme: 'dark', width: 390 },
		{ language: 'nb', colorScheme: 'light', width: 1440 },
		{ language: 'en', colorScheme: 'light', width: 390 }
	]
];

interface Sight {
	name: string;
	/** Null for somebody who is not signed in. */
	as: string | null;
	path: () => string;
	/** What is done before it is looked at. */
	then?: (page: Page) => Promise<void>;
	status?: number;
}

const board = () => `/meetings/${meetingId(server, 'BR', '22/26')}`;
/** Goes to an item without the agenda, which a phone does not show beside it. */
const atItem = (place: string) => async (page: Page) => {
	await untilSaved(page);
	const line = agendaLine(page, place);
	const narrow = line.locator('a.narrow');
	if (await narrow.isVisible()) {
		await narrow.click();
		await expect(page.locator('article .ProseMirror')).toBeVisible();
	} else await openItem(page, place);
};

const sights: Sight[] = [
	{ name: 'signing in', as: null, path: () => '/sign-in' },
	{ name: 'the start page', as: 'P03', path: () => '/' },
	{ name: 'the start page of somebody without forums', as: 'P14', path: () => '/' },
	{ name: 'the forums', as: 'P03', path: () => '/forums' },
	{ name: 'the council, for its chair', as: 'P03', path: () => '/forums/br' },
	{ name: 'the council, for a member', as: 'P05', path: () => '/forums/br' },
	{ name: 'the forum day', as: 'P09', path: () => '/forums/bsf' },
	{ name: 'the agenda of a council meeting', as: 'P03', path: board, then: untilSaved },
	{
		name: 'a case item',
		as: 'P03',
		path: () => `${board()}/${itemId(server, 'BR 76/26')}`,
		then: async (page) => {
			await expect(page.locator('article .ProseMirror')).toBeVisible();
			await untilSaved(page);
		}
	},
	{ name: 'an ordinary item', as: 'P03', path: board, then: atItem('4') },
	{
		name: 'a new action',
		as: 'P03',
		path: board,
		then: async (page) => {
			await atItem('4')(page);
			await page.locator('section[aria-labelledby=follow-up-heading] .bar button').click();
			await expect(page.locator('[name=what]')).toBeFocused();
		}
	},
	{
		name: 'putting a case on the agenda',
		as: 'P03',
		path: board,
		then: async (page) => {
			await untilSaved(page);
			await page.locator('.list > details > summary').click();
			await expect(page.locator('form[action="?/putCase"] [name=title]')).toBeVisible();
		}
	},
	{
		name: 'a locked meeting',
		as: 'P03',
		path: () => `/meetings/${meetingId(server, 'BR', '20/26')}/${itemId(server, 'BR 63/26')}`,
		then: untilSaved
	},
	{
		name: "the forum day's programme",
		as: 'P09',
		path: () => `/meetings/${meetingId(server, 'BSF', '2/26')}`,
		then: untilSaved
	},
	{ name: 'the versions of a meeting', as: 'P03', path: () => `${board()}/versions` },
	{ name: 'operation', as: 'P23', path: () => '/operation' },
	{ name: 'audit trail', as: 'P23', path: () => '/operation/audit' },
	{ name: 'one’s own notices and calendar', as: 'P05', path: () => '/settings' },
	{
		name: 'the address of one’s calendar, just made',
		as: 'P06',
		path: () => '/settings',
		then: async (page) => {
			await page.locator('form[action="?/openFeed"] button').click();
			await expect(page.locator('#feed')).toBeVisible();
		}
	},
	{ name: 'the cases', as: 'P03', path: () => '/cases' },
	{ name: 'a case', as: 'P03', path: () => '/cases/S-K6YJ' },
	{ name: 'a case that was sent back', as: 'P03', path: () => '/cases/S-N9CL' },
	{ name: 'the start page of who rules', as: 'P02', path: () => '/' },
	{ name: 'what waits for a ruling', as: 'P02', path: () => '/rulings' },
	{ name: 'a recommendation to rule on', as: 'P02', path: () => '/rulings/V-099' },
	{ name: 'the work that follows from a ruling', as: 'P03', path: () => '/rulings/V-098' },
	{ name: 'a case that cannot wait', as: 'P04', path: () => '/cases/S-J3RF/urgent' },
	{
		name: 'erasing in a case',
		as: 'P03',
		path: () => '/cases/S-N9CL/erase',
		then: async (page) => {
			await page.locator('[name=words]').fill('plan for nabodialog');
			await page.locator('form[action="?/preview"] button').click();
			await expect(page.locator('form[action="?/erase"]')).toBeVisible();
		}
	},
	{
		name: 'erasing in a case, for a member',
		as: 'P05',
		path: () => '/cases/S-N9CL/erase',
		status: 404
	},
	{ name: 'the register of decisions', as: 'P03', path: () => '/decisions' },
	{ name: 'what hangs', as: 'P03', path: () => '/decisions?became=hangs' },
	{ name: 'the rulings, for the chair', as: 'P03', path: () => '/rulings' },
	{ name: 'figures of the council', as: 'P03', path: () => '/forums/br/figures' },
	{ name: 'figures, for a member', as: 'P05', path: () => '/forums/br/figures', status: 404 },
	{ name: 'an action', as: 'P03', path: () => '/actions/O-15' },
	{ name: 'a new case', as: 'P03', path: () => '/cases/new' },
	...['mine', 'unit', 'all'].map((scope, index) => ({
		name: `the register of actions, ${scope}`,
		as: 'P03',
		path: () => `/actions?scope=${scope}&status=${['open', 'overdue', 'any'][index]}`
	})),
	{ name: 'the done actions', as: 'P05', path: () => '/actions?scope=all&status=done' },
	{ name: 'what does not exist', as: 'P03', path: () => '/cases/S-2222', status: 404 },
	{ name: 'an address of nothing', as: 'P03', path: () => '/what/is/this', status: 404 }
];

for (const [index, sight] of sights.entries())
	test(`${sight.name}: for everybody to use, in every language, theme and width`, async ({
		browser
	}) => {
		const context = await browser.newContext({ baseURL: server.url });
		const page = await (sight.as ? signIn(context, server, sight.as) : openPage(context, server));
		for (const setting of settings[index % settings.length]!) {
			const { language, colorScheme, width } = setting;
			await test.step(`${language}, ${colorScheme}, ${width}`, async () => {
				await page.emulateMedia({ colorScheme });
				await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
				await context.request.post('/language', {
					headers: { origin: server.url },
					form: { language },
					maxRedirects: 0
				});
				const answer = await page.goto(sight.path());
				expect(answer?.status()).toBe(sight.status ?? 200);
				await sight.then?.(page);
				await look(page, setting);
			});
		}
	});

async function look(page: Page, { language, colorScheme, width }: Setting): Promise<void> {
	const at = `${language}, ${colorScheme}, ${width}`;
	const soft = expect.configure({ soft: true });
	await soft(page.locator('html'), at).toHaveAttribute('lang', language);
	await soft(page.locator('h1'), at).toHaveCount(1);
	await soft(page, at).toHaveTitle(/^[^{}_]+ – Samråd$/);
	const { inner, outer, overhanging } = await page.evaluate(measure);
	soft(outer, `${at}: scrolls sideways, for ${overhanging}`).toBeLessThanOrEqual(inner);
	const text = await page.locator('body').innerText();
	soft(text, at).not.toMatch(/\[object |undefined|\bNaN\b|\bnull\b|Invalid Date|[{}]/);
	const words = text.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? [];
	soft(words, `${at}: keys of messages`).toEqual([]);
	const keys = new Set(Object.keys(messagesIn('nn')).filter((key) => key.includes('_')));
	soft(
		words.filter((word) => keys.has(word)),
		at
	).toEqual([]);
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
		// There are no frames to go into.
		.setLegacyMode()
		.analyze();
	const found = violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ target, failureSummary }) =>
			[`${at}: ${id}: ${help}`, target.join(' '), failureSummary].join('\n')
		)
	);
	soft(found).toEqual([]);
	// A page that is left alone falls silent: one that read itself again and again would not.
	await page.waitForLoadState('networkidle', { timeout: 5000 });
}

/** How wide the page is, and what stands out of it. Runs in the page. */
function measure() {
	const { scrollWidth, clientWidth } = document.documentElement;
	const beyond = [...document.body.querySelectorAll('*')].filter(
		(element) => element.getBoundingClientRect().right > clientWidth + 1
	);
	const names = beyond.slice(0, 4).map((element) => `${element.tagName}.${element.className}`);
	return { inner: clientWidth, outer: scrollWidth, overhanging: names.join(', ') };
}

test('the pages look the same whoever chose the language: it follows the person', async () => {
	const who = await caller(server, 'P18');
	for (const language of Object.keys(languages)) {
		expect((await post(who, '/language', { language, to: '/forums' })).status).toBe(303);
		const again = await caller(server, 'P18');
		const html = await (
			await fetch(`${server.url}/forums`, { headers: { cookie: again.cookie } })
		).text();
		expect(html).toContain(`<html lang="${language}"`);
	}
});
