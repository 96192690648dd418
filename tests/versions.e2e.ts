import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { caller, get, post } from './callers.ts';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { meetingId } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const versions = () => `/meetings/${meetingId(server, 'BR', '22/26')}/versions`;

async function write(page: Page, words: string): Promise<void> {
	await minutes(page).click();
	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.type(words);
	await expect(minutes(page)).toContainText(words.trim());
	await untilSaved(page);
}

async function assertUsable(page: Page): Promise<void> {
	const sideways = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(sideways, 'scrolls sideways').toBeLessThanOrEqual(0);
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

test('a text is kept, changed by two, compared, and brought back before everybody’s eyes', async ({
	browser
}) => {
	const mariann = await signIn(browser, server, 'P05');
	const jostein = await signIn(browser, server, 'P04');
	for (const page of [mariann, jostein]) {
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, '4');
	}
	await write(mariann, 'Vi møtest kvar tysdag.');

	await test.step('she keeps it under a name', async () => {
		await mariann.getByRole('link', { name: 'Versjonar' }).click();
		await mariann.getByLabel('Ta vare på teksten slik han er no').fill('Før Jostein');
		await mariann.getByRole('button', { name: 'Ta vare på' }).click();
		await expect(mariann.getByRole('status').first()).toHaveText('Versjonen er teken vare på.');
		await expect(mariann.getByRole('main').getByRole('listitem').first()).toContainText(
			'Mariann Dømestad'
		);
		await expect(mariann.getByText('Ingenting er endra.')).toBeVisible();
	});

	await test.step('he adds to it, and the two are shown side by side with his name', async () => {
		await write(jostein, ' Unntak: påskeveka.');
		await mariann.getByRole('button', { name: 'Vis skilnaden' }).click();
		const item = mariann.getByRole('article');
		await expect(item.locator('ins')).toContainText('Unntak: påskeveka.');
		await expect(item).toContainText('Jostein Prøveli');
		await expect(item.locator('del')).toHaveCount(0);
	});

	for (const width of [390, 1440])
		for (const colorScheme of ['light', 'dark'] as const)
			await test.step(`for everybody to use: ${width} wide, ${colorScheme}`, async () => {
				await mariann.emulateMedia({ colorScheme });
				await mariann.setViewportSize({ width, height: 900 });
				await assertUsable(mariann);
			});

	await test.step('in the item itself one can ask who wrote what', async () => {
		const panel = jostein.locator('article[data-item]');
		await panel.getByRole('button', { name: 'Kven skreiv kva' }).click();
		const told = panel.getByRole('region', { name: 'Kven skreiv kva' });
		await expect(told).toContainText('Vi møtest kvar tysdag.');
		for (const name of ['Mariann Dømestad', 'Jostein Prøveli'])
			await expect(told).toContainText(name);
		await write(jostein, ' Slutt.');
		await told.getByRole('button', { name: 'Les på nytt' }).click();
		await expect(told).toContainText('Slutt.');
		await assertUsable(jostein);
	});

	await test.step('bringing it back is seen at once by him who has it open', async () => {
		await mariann.getByRole('button', { name: /^Hent tilbake/ }).click();
		await expect(minutes(jostein)).not.toContainText('påskeveka');
		await expect(minutes(jostein)).toContainText('Vi møtest kvar tysdag.');
		const kept = mariann.getByRole('main').getByRole('listitem').first();
		await expect(kept).toContainText('Før ein eldre tekst vart henta tilbake');
		await write(jostein, ' Og eg skriv vidare.');
	});
});

test('versions are addresses of nothing for those outside, and locked is locked', async () => {
	const outsider = await caller(server, 'P12');
	expect((await get(outsider, versions())).status).toBe(404);
	expect((await post(outsider, `${versions()}?/keep`, { name: 'X' })).status).toBe(404);
	const member = await caller(server, 'P05');
	const locked = `/meetings/${meetingId(server, 'BR', '20/26')}/versions`;
	expect((await get(member, locked)).status).toBe(200);
	expect((await post(member, `${locked}?/keep`, { name: 'For seint' })).status).toBe(409);
});
