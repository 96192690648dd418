import type { Page } from '@playwright/test';
import story from '../src/lib/server/demo/sunnoy.json' with { type: 'json' };
import { caller, post } from './callers.ts';
import {
	expect,
	minutes,
	openItem,
	openMeeting,
	openPage,
	signIn,
	test,
	untilSaved
} from './people.ts';
import { caseId, forumId, itemId, meetingId, personId, rows } from './records.ts';
import { isLasting, Received, traces } from './received.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());
// Whole walks through the product, several windows at once.
test.describe.configure({ timeout: 120_000 });

const codes = story.cases.map(({ kode }) => kode);
const titles = [...new Set(story.agenda_items.map(({ punkt }) => punkt))];
const numbers = story.agenda_items.map(({ saknr }) => saknr);
/** What the board writes in these stories. */
const written = {
	title: 'Kartlagt på ny etter heimebesøk',
	action: 'Måle døropningane i B-103',
	minutes: 'Rådet ser saka i samanheng med utskrivinga'
};

/**
 * The board at work: a case put on the agenda, its minutes, an action about it, and the case
 * mentioned elsewhere.
 */
async function work(solveig: Page, mariann: Page, about: string): Promise<void> {
	await test.step(`the council works with ${about}`, async () => {
		await openMeeting(solveig, server, 'BR', '22/26');
		await solveig.getByText('Legg ei sak på lista').click();
		const choice = solveig.locator('form[action="?/putCase"] select');
		const option = choice.locator('option', { hasText: about });
		await choice.selectOption((await option.getAttribute('value')) ?? '');
		await solveig.getByLabel('Kva gjeld det? (utan namn)').fill(written.title);
		await solveig.getByRole('button', { name: 'Legg til' }).click();
		await expect(solveig.locator('article')).toContainText(written.title);
		await expect(minutes(solveig)).toBeVisible();
		await minutes(solveig).click();
		await solveig.keyboard.type(`${written.minutes}. `);
		await untilSaved(solveig);

		await openMeeting(mariann, server, 'BR', '22/26');
		await openItem(mariann, 'BR 76/26');
		await minutes(mariann).click();
		await mariann.keyboard.type(`${written.minutes}, og `);
		await mariann.keyboard.press('Control+Alt+a');
		const form = mariann.getByRole('form', { name: 'Nytt oppfølgingspunkt' });
		await form.getByLabel('Kva skal gjerast').fill(`${written.action} for S-K6YJ`);
		const berit = form.getByLabel('Ansvarleg').locator('option', { hasText: 'Berit Skissdal' });
		await form.getByLabel('Ansvarleg').selectOption((await berit.getAttribute('value')) ?? '');
		await form.getByRole('button', { name: 'Opprett' }).click();
		await expect(
			mariann.getByRole('row', { name: new RegExp(written.action) }).last()
		).toBeVisible();

		// In the open part of the agenda a case is a reference and no more.
		await openItem(solveig, '4');
		await minutes(solveig).click();
		await solveig.keyboard.type('Sjå S-K6');
		const offered = solveig.getByRole('listbox', { name: 'Saker' });
		await expect(offered.getByRole('option', { name: /^S-K6YJ/ })).toBeVisible();
		await solveig.keyboard.press('Enter');
		await expect(minutes(solveig).getByText('S-K6YJ').last()).toBeVisible();
		await untilSaved(solveig);
	});
}

/** Reads every one of these addresses to the end. */
async function walk(page: Page, paths: string[]): Promise<void> {
	for (const path of paths) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	}
}

/** Opens a meeting and one ordinary item of it after the other. */
async function leaf(page: Page, forum: string, number: string, places: number[]): Promise<void> {
	await openMeeting(page, server, forum, number);
	for (const place of places) await openItem(page, String(place));
}

const everywhere = [
	'/',
	'/forums',
	'/forums/br',
	'/forums/obg',
	'/forums/bsf',
	'/actions',
	'/actions?scope=all&status=any',
	'/actions?scope=unit&status=any',
	'/actions?scope=mine&status=done',
	'/sign-in'
];

test('who is in the strategic group and not in the council receives nothing that names a case', async ({
	browser
}) => {
	const liv = await signIn(browser, server, 'P11');
	const received = [await Received.by(liv)];
	/** Pages that stay open while the board works. */
	const tabs = [];
	for (const path of ['/forums/br', '/actions?scope=all&status=any', '/']) {
		const tab = await openPage(liv.context(), server);
		received.push(await Received.by(tab));
		await walk(tab, [path]);
		tabs.push(tab);
	}
	await openMeeting(liv, server, 'OBG', '2/26');
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	await work(solveig, mariann, 'S-B5NX');
	// They do hear that something has changed in the board: so the stream works, and says no more
	// than that.
	await expect.poll(() => received[1]!.hasHeard(`forum:${forumId(server, 'BR')}`)).toBe(true);

	await leaf(liv, 'OBG', '2/26', [1, 2, 3, 4, 5, 6, 7, 8, 9]);
	await leaf(liv, 'OBG', '1/26', [9, 10, 11]);
	await leaf(liv, 'BSF', '2/26', [4, 11]);
	await walk(liv, everywhere);
	for (const tab of tabs) await tab.reload();

	const pieces = received.flatMap(({ all }) => all);
	expect(pieces.filter(({ from }) => from.startsWith('/live/agenda:')).length).toBeGreaterThan(9);
	expect(pieces.filter(({ from }) => from.endsWith('/live/events')).length).toBeGreaterThan(0);
	expect(traces(pieces, ['Behovsoversikt'])).not.toEqual([]);
	const ids = rows(
		server,
		'SELECT id FROM case_card UNION SELECT id FROM agenda_item WHERE case_id IS NOT NULL'
	).map(({ id }) => String(id));
	expect(ids.length).toBeGreaterThan(codes.length + numbers.length);
	const own = [...codes, ...numbers, ...ids, ...Object.values(written)];
	expect(traces(pieces, own)).toEqual([]);
	// Some titles are the product's own words too, such as «Ny sak».
	const said = pieces.filter(({ from }) => !isLasting(from));
	expect(traces(said, titles)).toEqual([]);
});

test('who only looks on in the council receives nothing that names a case either', async ({
	browser
}) => {
	const chair = await caller(server, 'P03');
	await post(chair, '/forums/br?/addMember', {
		person: personId(server, 'P17'),
		role: 'observer'
	});
	// These two cases are named to them in actions of their own, as they are to everybody who
	// answers for something.
	const given = ['S-P4XD', 'S-Q9DL'];
	const numbersGiven = ['BR 60/26', 'BR 65/26'];
	const nils = await signIn(browser, server, 'P17');
	const tab = await openPage(nils.context(), server);
	const received = [await Received.by(nils), await Received.by(tab)];
	await walk(tab, ['/forums/br']);
	await openMeeting(nils, server, 'BR', '22/26');
	await openItem(nils, '4');
	const sealed = await nils.getByText('Unnateke').count();
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	await work(solveig, mariann, 'S-9TWB');
	await expect(nils.getByText('Unnateke')).toHaveCount(sealed + 1);
	await expect(nils.locator('article')).toContainText('Sjå S-····');
	await expect.poll(() => received[1]!.hasHeard(`forum:${forumId(server, 'BR')}`)).toBe(true);

	await leaf(nils, 'BR', '22/26', [1, 3, 4, 6, 7, 10]);
	await leaf(nils, 'BR', '20/26', [3, 6]);
	const item = itemId(server, 'BR 76/26');
	await walk(nils, [...everywhere, `/meetings/${meetingId(server, 'BR', '22/26')}/${item}`]);
	await tab.reload();

	const pieces = received.flatMap(({ all }) => all);
	const frames = pieces.filter(({ from }) => from.startsWith('/live/'));
	expect(frames.length).toBeGreaterThan(9);
	const theirs = (all: string[], known: string[]) => all.filter((one) => !known.includes(one));
	expect(traces(frames, [...codes, ...numbers, ...titles, ...Object.values(written)])).toEqual([]);
	expect(
		traces(pieces, [
			...theirs(codes, given),
			...theirs(numbers, numbersGiven),
			...Object.values(written)
		])
	).toEqual([]);
	// Some titles are the product's own words too, such as «Ny sak».
	const said = pieces.filter(({ from }) => !isLasting(from));
	expect(traces(said, titles)).toEqual([]);
	const answers = said.filter(({ from }) => !from.startsWith('/live/'));
	expect(
		traces(
			answers,
			codes.map((code) => caseId(server, code))
		)
	).toEqual([]);
});
