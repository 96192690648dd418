import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import Database from 'better-sqlite3';
import { caller, get } from './callers.ts';
import { expect, openMeeting, signIn, test } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

const token = 'a-token-for-the-collector';
let server: RunningServer;
let silent: RunningServer;

test.beforeAll(async () => {
	server = await startServer({ env: { SAMRAD_METRICS_TOKEN: token } });
	silent = await startServer();
});
test.afterAll(() => Promise.all([server.stop(), silent.stop()]));

const ask = (of: RunningServer, authorization?: string) =>
	fetch(`${of.url}/metrics`, { headers: authorization ? { authorization } : {} });

test('metrics are for whoever shows the token, and nowhere when none is set', async () => {
	expect((await ask(silent)).status).toBe(404);
	expect((await ask(silent, `Bearer ${token}`)).status).toBe(404);
	expect((await ask(server)).status).toBe(401);
	expect((await ask(server, 'Bearer another-token-entirely')).status).toBe(401);
	const answer = await ask(server, `Bearer ${token}`);
	expect(answer.status).toBe(200);
	expect(answer.headers.get('content-type')).toContain('version=0.0.4');
	expect(await answer.text()).toContain('# TYPE samrad_live_edits_total counter');
});

test('the page on operation is the administrator’s alone, and tells what is open', async ({
	browser
}) => {
	for (const person of ['P03', 'P01', 'P20'])
		expect((await get(await caller(server, person), '/operation')).status).toBe(404);

	const chair = await signIn(browser, server, 'P03');
	await expect(chair.getByRole('link', { name: 'Drift' })).toHaveCount(0);
	await openMeeting(chair, server, 'BR', '22/26');

	const page = await signIn(browser, server, 'P23');
	await page.goto('/');
	await page.getByRole('link', { name: 'Drift' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Drift');
	await expect(page.getByText('Opne dokument: 1. Tilkoplingar til dei: 1.')).toBeVisible();
	await expect(page.getByRole('img')).toHaveCount(4);

	await chair.goto('/');
	await expect(async () => {
		await page.getByRole('button', { name: 'Oppdater' }).click();
		await expect(page.getByText('Opne dokument: 0.')).toBeVisible({ timeout: 1000 });
	}).toPass();

	for (const width of [390, 1440])
		for (const colorScheme of ['light', 'dark'] as const)
			await test.step(`for everybody to use: ${width} wide, ${colorScheme}`, async () => {
				await page.emulateMedia({ colorScheme });
				await page.setViewportSize({ width, height: 900 });
				await page.getByText('Vis tala').click();
				const sideways = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
				expect(sideways).toBeLessThanOrEqual(0);
				const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
				expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual(
					[]
				);
			});
});

test('the audit trail is the administrator’s to read and to check, and shows what was done to it', async ({
	browser
}) => {
	for (const person of ['P03', 'P01', 'P20'])
		expect((await get(await caller(server, person), '/operation/audit')).status).toBe(404);

	const page = await signIn(browser, server, 'P23');
	await page.goto('/operation');
	await page.getByRole('link', { name: 'Spor' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Spor');
	await page.getByRole('button', { name: 'Kontroller sporet' }).click();
	await expect(page.getByText('Sporet er heilt.')).toBeVisible({ timeout: 30_000 });

	await page.getByLabel('Slag').selectOption('Vedtak');
	await page.getByRole('button', { name: 'Vis', exact: true }).click();
	await expect(page.getByRole('row').nth(1)).toContainText('Vedtak:');
	await page
		.getByRole('link', { name: /^Vis alt som gjeld/ })
		.first()
		.click();
	await expect(page.getByText('Berre det som gjeld')).toBeVisible();

	// Somebody changes a ruling past the server.
	const database = new Database(join(server.data, 'samrad.db'));
	database.exec("UPDATE ruling SET result = 'refused' WHERE code = 'V-097'");
	database.close();
	await page.getByRole('button', { name: 'Kontroller sporet' }).click();
	await expect(page.getByText(/^Vedtak .* er endra utanom Samråd\.$/)).toBeVisible({
		timeout: 30_000
	});
});
