import type { Locator, Page } from '@playwright/test';
import { button } from './board.ts';
import { expect, openMeeting, signIn, test } from './people.ts';
import { forumId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/* That two presses make one thing, of everything that forums, talks and actions have forms for. */

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const count = (table: string, where = '1', ...values: unknown[]) =>
	Number(rows(server, `SELECT count(*) AS n FROM ${table} WHERE ${where}`, ...values)[0]?.n);
const main = (page: Page) => page.getByRole('main');
const region = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true });

const pressTwice = (of: Locator, name: string) => button(of, name).dblclick();

test('a double click proposes one item, and takes in one member', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	const forum = forumId(server, 'BR');
	await solveig.goto('/forums/br');

	const backlog = region(solveig, 'Ventar på eit møte');
	const items = count('backlog_item', 'forum = ?', forum);
	await backlog.getByLabel('Foreslå eit punkt').fill('Kjøp av småhus');
	await pressTwice(backlog, 'Foreslå');
	await expect(backlog.getByText('Kjøp av småhus')).toBeVisible();
	await expect(backlog.getByLabel('Foreslå eit punkt')).toHaveValue('');
	expect(count('backlog_item', 'forum = ?', forum)).toBe(items + 1);

	const members = region(solveig, 'Medlemer');
	const before = count('membership', 'forum = ?', forum);
	await members.getByLabel('Ny medlem').selectOption({ index: 1 });
	await pressTwice(members, 'Legg til');
	await expect(members.getByRole('listitem')).toHaveCount(before + 1);
	await expect(members.getByRole('alert')).toBeHidden();
	expect(count('membership', 'forum = ?', forum)).toBe(before + 1);
});

test('a double click proposes one talk', async ({ browser }) => {
	const kristoffer = await signIn(browser, server, 'P20');
	await openMeeting(kristoffer, server, 'BSF', '2/26');
	const talks = count('talk');
	await button(kristoffer, 'Foreslå innlegg').dblclick();
	await kristoffer.waitForURL(/\/talks\/[0-9a-f-]{36}$/);
	await expect(kristoffer.getByLabel('Tittel')).toBeVisible();
	expect(count('talk')).toBe(talks + 1);
});

test('a double click makes one action of a task', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await solveig.goto('/responsibilities');
	await main(solveig).getByRole('link', { name: 'Tilpassing av bustad', exact: true }).click();
	const form = solveig.getByRole('form', { name: 'Lag eit oppfølgingspunkt for ei sak' });
	const actions = count('action');
	await form.getByLabel('Sunnøy kommunale eigedom').check();
	await form.getByLabel('Sak', { exact: true }).selectOption({ index: 1 });
	await form.getByLabel('Kva skal gjerast').fill('Synfaring og tilbod');
	await pressTwice(form, 'Opprett');
	await expect(region(solveig, 'Lag eit oppfølgingspunkt for ei sak')).toContainText('O-');
	await expect(form.getByLabel('Kva skal gjerast')).toHaveValue('Tilpassing av bustad');
	expect(count('action')).toBe(actions + 1);
});

test('a double click writes one note, moves a deadline once and makes one offer', async ({
	browser
}) => {
	const ranveig = await signIn(browser, server, 'P12');
	await ranveig.goto('/actions/O-11');
	const steps = () => count('action_event');
	const before = steps();

	await main(ranveig).getByText('Skriv eit notat').click();
	const note = main(ranveig).locator('form[action="?/note"]');
	await note.getByLabel('Notat').fill('Tinga er bestilte');
	await pressTwice(note, 'Legg til notatet');
	await expect(note.getByLabel('Notat')).toHaveValue('');
	expect(steps()).toBe(before + 1);

	await main(ranveig).getByText('Flytt fristen').click();
	const due = main(ranveig).locator('form[action="?/due"]');
	await due.getByLabel('Ny frist').fill('2026-12-20');
	await pressTwice(due, 'Flytt');
	await expect(main(ranveig)).toContainText('20. desember 2026');
	// The field follows: it is what the next move starts from.
	await expect(due.getByLabel('Ny frist')).toHaveValue('2026-12-20');
	expect(steps()).toBe(before + 2);

	const offers = count('handover');
	await main(ranveig).getByText('Gje punktet vidare').click();
	const hand = main(ranveig).locator('form[action="?/offer"]');
	await hand.getByLabel('Til kven?').selectOption({ label: 'RBO (fullt namn må fyllast inn)' });
	await pressTwice(hand, 'Tilby');
	await expect(region(ranveig, 'Tilbod om å ta over')).toContainText('Svaret er ikkje kome.');
	expect(count('handover')).toBe(offers + 1);
});

test('a draft of a note is there again after Back, folded out', async ({ browser }) => {
	const ranveig = await signIn(browser, server, 'P12');
	await ranveig.goto('/actions/O-11');
	await main(ranveig).getByText('Skriv eit notat').click();
	const note = main(ranveig).locator('form[action="?/note"]');
	await note.getByLabel('Notat').fill('Nesten ferdig');
	await ranveig.getByRole('navigation').getByRole('link').first().click();
	await ranveig.waitForURL(server.url + '/');
	await ranveig.goBack();
	await expect(note.getByLabel('Notat')).toHaveValue('Nesten ferdig');
	await expect(note.getByLabel('Notat')).toBeVisible();
});

test('a choice of settings stays as it was set, also in a page that was come to by a link', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	await solveig.goto('/');
	await solveig.locator('a[href="/settings"]').first().click();
	const calls = main(solveig).getByRole('checkbox', {
		name: 'Innkallingar til møte, og avlysingar'
	});
	const daily = main(solveig).locator('#digest');
	const [was, other] = [await calls.isChecked(), await daily.isChecked()];
	await calls.setChecked(!was);
	await button(main(solveig), 'Lagre').dblclick();
	await expect(main(solveig).getByRole('status').first()).toContainText('Lagra');
	await expect(calls).toBeChecked({ checked: !was });
	await expect(daily).toBeChecked({ checked: other });
	await solveig.reload();
	await expect(calls).toBeChecked({ checked: !was });
	await expect(daily).toBeChecked({ checked: other });
});
