import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { caller, get } from './callers.ts';
import { expect, signIn, test } from './people.ts';
import { rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const grid = (page: Page) => page.getByRole('grid');
const cell = (page: Page, task: string, unit: number) =>
	grid(page).getByRole('row', { name: task }).getByRole('gridcell').nth(unit);

async function openTask(page: Page, title: string): Promise<void> {
	await page.goto('/responsibilities');
	await grid(page).getByRole('link', { name: title, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

/** Names in the order they stand, of what is offered. */
const offered = (form: Locator) =>
	form
		.getByRole('radio')
		.evaluateAll((radios) => radios.map((radio) => radio.closest('label')?.textContent?.trim()));

test('an action for a case is made from a task of the matrix', async ({ browser }) => {
	const title = 'Tilpassing av bustad';
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	await openTask(solveig, title);
	await openTask(mariann, title);
	const task = new URL(solveig.url()).pathname;
	const form = solveig.getByRole('form', { name: 'Lag eit oppfølgingspunkt for ei sak' });

	await test.step('every unit that does it is offered, never the applicant', async () => {
		expect(await offered(form)).toEqual([
			'Bustadkontoret',
			'Sunnøy kommunale eigedom',
			'Bustadrådgjevingsgruppa'
		]);
		await expect(form.getByRole('radio', { checked: true })).toHaveCount(0);
		await expect(
			solveig.getByText('Ansvarleg for oppgåva (A): Bustadrådgjevingsgruppa')
		).toBeVisible();
		await expect(form.getByLabel('Kva skal gjerast')).toHaveValue(title);
		await expect(form.getByLabel('Frist')).toHaveValue('2026-12-07');
	});

	await test.step('what can point somebody out is stopped', async () => {
		await form.getByLabel('Sunnøy kommunale eigedom').check();
		const k6yj = form.getByRole('option', { name: /^S-K6YJ/ });
		await form.getByLabel('Sak', { exact: true }).selectOption((await k6yj.getAttribute('value'))!);
		await form.getByLabel('Kva skal gjerast').fill('Synfaring i Prøvevegen 12');
		await form.getByRole('button', { name: 'Opprett' }).click();
		await expect(form.getByRole('alert')).toContainText('ei gateadresse');
	});

	await test.step('it is made, and stands at the task for a colleague at once', async () => {
		await form.getByLabel('Sunnøy kommunale eigedom').check();
		const k6yj = form.getByRole('option', { name: /^S-K6YJ/ });
		await form.getByLabel('Sak', { exact: true }).selectOption((await k6yj.getAttribute('value'))!);
		await form.getByLabel('Kva skal gjerast').fill('Synfaring og tilbod på tilpassing');
		await form.getByRole('button', { name: 'Opprett' }).click();
		await expect(solveig.getByRole('status').getByText('O-25 er oppretta')).toBeVisible();
		for (const page of [solveig, mariann]) {
			const open = page.getByRole('region', { name: 'Open oppfølging' });
			await expect(open.getByRole('listitem')).toHaveText(
				/O-25\s+Synfaring og tilbod på tilpassing\s+S-K6YJ\s+Sunnøy kommunale eigedom/
			);
		}
	});

	await test.step('it carries the task, and comes from the case’s own item', async () => {
		expect(
			rows(
				server,
				`SELECT task.title, item.number, unit.code FROM action
					JOIN matrix_task AS task ON task.id = action.task
					JOIN agenda_item AS item ON item.id = action.item
					JOIN unit ON unit.id = action.unit WHERE action.code = 'O-25'`
			)
		).toEqual([{ title, number: 'BR 76/26', code: 'SKE' }]);
	});

	await test.step('it stands on the case card and at the leader of the unit', async () => {
		await solveig.goto('/cases/S-K6YJ');
		await expect(solveig.getByText('Synfaring og tilbod på tilpassing')).toBeVisible();
		const oddvar = await signIn(browser, server, 'P06');
		await oddvar.goto('/actions');
		await expect(oddvar.getByText('Synfaring og tilbod på tilpassing')).toBeVisible();
	});

	await test.step('an employee without forums sees the task, and neither action nor case', async () => {
		const kåre = await signIn(browser, server, 'P14');
		await kåre.goto(task);
		await expect(kåre.getByText('Ingen opne oppfølgingspunkt som du kan sjå.')).toBeVisible();
		await expect(kåre.getByRole('main').getByRole('form')).toHaveCount(0);
		await expect(kåre.getByRole('main')).not.toContainText('S-K6YJ');
	});
});

test('a unit that does a task alone is chosen beforehand', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await openTask(solveig, 'Leigekontrakt');
	const form = solveig.getByRole('form');
	expect(await offered(form)).toEqual(['Sunnøy kommunale eigedom']);
	await expect(form.getByRole('radio')).toBeChecked();
});

test('any employee reads the matrix with the keyboard; somebody from outside finds nothing', async ({
	browser
}) => {
	const kåre = await signIn(browser, server, 'P14');
	await kåre.goto('/responsibilities');

	await test.step('27 tasks and 15 units, and who adopted it', async () => {
		await expect(grid(kåre).getByRole('rowheader')).toHaveCount(27);
		await expect(grid(kåre).getByRole('columnheader')).toHaveCount(16);
		await expect(kåre.getByText('Vedteken av Overordna bustadgruppe')).toBeVisible();
		await expect(kåre.getByText('Matrisa følgjer alle reglane.')).toBeVisible();
		await expect(cell(kåre, 'Tilpassing av bustad', 10)).toHaveText(/A\/R\s*Ansvarleg, Utførande/);
	});

	await test.step('one stop for Tab, arrows from cell to cell, heads stay', async () => {
		await expect(grid(kåre).locator('[tabindex="0"]')).toHaveCount(1);
		await grid(kåre).locator('[tabindex="0"]').focus();
		await kåre.keyboard.press('ArrowDown');
		await expect(grid(kåre).getByRole('link', { name: 'Fange opp behov' })).toBeFocused();
		await kåre.keyboard.press('ArrowRight');
		await expect(cell(kåre, 'Fange opp behov', 0)).toBeFocused();
		await kåre.keyboard.press('Control+End');
		await expect(cell(kåre, 'Bustadsosial handlingsplan', 14)).toBeFocused();
		await expect(cell(kåre, 'Bustadsosial handlingsplan', 14)).toBeInViewport();
		await expect(grid(kåre).getByRole('link', { name: /^SØK/ })).toBeInViewport();
		await expect(grid(kåre).locator('[tabindex="0"]')).toHaveCount(1);
		await kåre.keyboard.press('Home');
		await kåre.keyboard.press('Enter');
		await expect(kåre.getByRole('heading', { level: 1 })).toHaveText('Bustadsosial handlingsplan');
	});

	await test.step('a unit has its tasks by letter, and its leader', async () => {
		await kåre.goto('/responsibilities');
		await grid(kåre).getByRole('link', { name: 'BRG' }).click();
		await expect(kåre.getByRole('heading', { level: 1 })).toHaveText('Bustadrådgjevingsgruppa');
		await expect(kåre.getByText('Vigdis Skjemastad, Ergoterapeut')).toBeVisible();
		await expect(kåre.getByRole('heading', { name: 'Ansvarleg (A): 1' })).toBeVisible();
	});

	await test.step('for Husbanken none of it exists', async () => {
		const task = rows(server, 'SELECT id FROM matrix_task LIMIT 1')[0]!.id;
		const kristoffer = await caller(server, 'P20');
		for (const path of ['', '/units/BK', `/tasks/${task}`]) {
			const answer = await get(kristoffer, `/responsibilities${path}`);
			expect(answer.status).toBe(404);
			expect(await answer.text()).not.toContain('Bustadrådgjevingsgruppa');
		}
	});
});

test('the pages of the matrix are for everybody to use, whole and broken', async ({ browser }) => {
	test.setTimeout(120_000);
	const own = await startServer();
	try {
		const task = rows(own, "SELECT id FROM matrix_task WHERE title = 'Leigekontrakt'")[0]!.id;
		const paths = ['/responsibilities', '/responsibilities/units/BK'];
		paths.push(`/responsibilities/tasks/${task}`);
		for (const broken of [false, true]) {
			if (broken) spoil(own, String(task));
			for (const [width, colorScheme] of [
				[390, 'light'],
				[1440, 'dark']
			] as const) {
				const viewport = { width, height: 844 };
				const context = await browser.newContext({ baseURL: own.url, colorScheme, viewport });
				const page = await signIn(context, own, 'P03');
				for (const path of paths) {
					await page.goto(path);
					await look(page, `${path}, ${width}, ${colorScheme}, broken: ${broken}`);
				}
				if (broken) {
					await page.goto('/responsibilities');
					await expect(page.getByText('Rader som bryt reglane: 1')).toBeVisible();
					const row = grid(page).getByRole('row', { name: /^Leigekontrakt/ });
					await expect(row).toContainText('To A: BK, SKE');
					await expect(row).toContainText('SØK manglar C, R eller I');
				}
				await context.close();
			}
		}
	} finally {
		await own.stop();
	}
});

/** Gives a row two that answer, and takes the applicant's letter. */
function spoil(own: RunningServer, task: string): void {
	const database = new Database(join(own.data, 'samrad.db'));
	const unit = (code: string) =>
		database.prepare('SELECT id FROM unit WHERE code = ?').pluck().get(code);
	database
		.prepare("UPDATE matrix_cell SET letters = 'A' WHERE task = ? AND unit = ?")
		.run(task, unit('BK'));
	database.prepare('DELETE FROM matrix_cell WHERE task = ? AND unit = ?').run(task, unit('SØK'));
	database.close();
}

async function look(page: Page, at: string): Promise<void> {
	await expect.soft(page.locator('h1'), at).toHaveCount(1);
	const beyond = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect.soft(beyond, `${at}: scrolls sideways`).toBeLessThanOrEqual(0);
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.setLegacyMode()
		.analyze();
	const found = violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target }) => `${at}: ${id}: ${target.join(' ')}`)
	);
	expect.soft(found).toEqual([]);
}
