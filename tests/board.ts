import type { Locator, Page } from '@playwright/test';
import { expect, untilSaved } from './people.ts';

/*
 * What the board and the decision maker do in a browser, for the stories of the chain. Pages are
 * in nynorsk.
 */

export const main = (page: Page) => page.getByRole('main');
export const region = (page: Page, name: string | RegExp) =>
	main(page).getByRole('region', { name, exact: true });
export const button = (page: Page | Locator, name: string) =>
	page.getByRole('button', { name, exact: true });

/** The recommendation of the item that is open. */
export const recommendation = (page: Page) => region(page, /^Innstilling/);

export interface Written {
	outcome?: string;
	/** The dwelling's code. */
	dwelling?: string;
	/** A lease that is shorter than leases are, and why. */
	lease?: { months: number; why: string };
	reasons: string;
	/** The unit that follows up, by its name. */
	unit?: string;
	level?: string;
}

/** Fills the form of a recommendation and saves it. */
export async function write(page: Page, what: Written): Promise<void> {
	const form = page.getByRole('form', { name: 'Innstilling', exact: true });
	if (what.outcome) await form.getByLabel('Rådet tilrår å').selectOption({ label: what.outcome });
	if (what.dwelling) {
		const choice = form.getByLabel('Bustad', { exact: true });
		const option = choice.locator('option', { hasText: what.dwelling });
		await choice.selectOption((await option.getAttribute('value')) ?? '');
	}
	if (what.lease) {
		await form.getByLabel('Leigetid i månader').fill(String(what.lease.months));
		await form.getByLabel('Særlege grunnar til kortare leigetid').fill(what.lease.why);
	}
	await form.getByLabel('Det rådet legg vekt på').fill(what.reasons);
	if (what.unit) {
		await form.getByLabel('Eining som følgjer opp').selectOption({ label: what.unit });
		await form.getByLabel('Kor mykje oppfølging').selectOption({ label: what.level ?? '' });
	}
	await button(form, 'Lagre utkastet').click();
}

/** Writes a recommendation at the item that is open, and adopts it; returns its code. */
export async function recommend(page: Page, what: Written): Promise<string> {
	await button(page, 'Skriv innstilling').click();
	await write(page, what);
	const panel = recommendation(page);
	await button(panel, 'Vedta innstillinga').click();
	await expect(panel.getByText('vedteken', { exact: true })).toBeVisible();
	const [code = ''] = /I-\d{3}/.exec(await panel.getByRole('heading').innerText()) ?? [];
	return code;
}

/** Sends what has been adopted to be ruled on: on the usual tracks, or on these. */
export async function sendOn(where: Page | Locator, tracks?: string[]): Promise<void> {
	const form = where.getByRole('form', { name: /^Send I-\d{3} til vedtak$/ });
	if (tracks)
		for (const box of await form.getByRole('checkbox').all())
			await box.setChecked(tracks.includes((await box.getAttribute('value')) ?? ''));
	await button(form, 'Send til vedtak').click();
	await expect(form).toHaveCount(0);
}

export interface Ruled {
	how: 'Følg innstillinga' | 'Avvik frå innstillinga' | 'Send attende';
	/** Why it departs, or what is missing. */
	why?: string;
	result?: string;
	content?: string;
	notice?: string;
}

/** Rules on what waits, on its page. */
export async function rule(page: Page, code: string, ruling: Ruled): Promise<void> {
	await page.goto(`/rulings/${code}`);
	if (ruling.how !== 'Følg innstillinga')
		await main(page).locator('summary', { hasText: ruling.how }).click();
	const form = page.getByRole('form', { name: ruling.how });
	if (ruling.why) await form.locator('textarea[name=reason]').fill(ruling.why);
	if (ruling.result) await form.getByLabel(ruling.result, { exact: true }).check();
	if (ruling.content) await form.getByLabel('Hovudinnhald, kort og utan namn').fill(ruling.content);
	if (ruling.notice) await form.getByLabel('Melding motteken').fill(ruling.notice);
	await button(form, ruling.how).click();
	await expect(region(page, 'Vedtak')).toBeVisible();
}

/** Brings a meeting that is under way to its end: closed, and locked. */
export async function lock(page: Page): Promise<void> {
	await button(page, 'Avslutt møtet').click();
	await button(page, 'Lås referatet').click();
	await expect(page.getByText('Låst', { exact: true })).toBeVisible();
}

/** Starts a meeting that is open in the page. */
export async function start(page: Page): Promise<void> {
	await button(page, 'Start møtet').click();
	await expect(button(page, 'Avslutt møtet')).toBeVisible();
	await untilSaved(page);
}

/** Registers a case, brings it to the board's queue, and returns its code. */
export async function registerCase(page: Page): Promise<string> {
	await page.goto('/cases/new');
	for (const [name, index] of [
		['household', 1],
		['age', 2],
		['situation', 1],
		['bedrooms', 1],
		['followUp', 2]
	] as const)
		await page.locator(`select[name=${name}]`).selectOption({ index });
	await button(page, 'Registrer saka').click();
	await page.waitForURL(/\/cases\/S-[^/]+$/);
	const code = page.url().slice(-6);
	await button(page, 'Merk som kartlagd').click();
	await button(page, 'Meld til rådet').click();
	await expect(region(page, 'Tidslinja')).toContainText('meld til rådet');
	return code;
}

/** Puts what waits for the board on a meeting's agenda, from the forum's page. */
export async function fillAgenda(page: Page, number: string): Promise<void> {
	await page.goto('/forums/br');
	const queue = region(page, 'Saker som ventar på rådet');
	const meetings = queue.getByLabel('Møte', { exact: true });
	const option = meetings.locator('option', { hasText: number });
	await meetings.selectOption((await option.getAttribute('value')) ?? '');
	await button(queue, 'Set alle på saklista').click();
	await expect(queue).toContainText('Ingen saker ventar på rådet.');
}
