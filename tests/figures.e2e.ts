import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './people.ts';
import { rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const main = (page: Page) => page.getByRole('main');
/** The codes of the register's rows, as they stand. */
const codes = (page: Page) => main(page).locator('td.what .code').allInnerTexts();

test('the chair asks what hangs, looks at the figures, and takes the register with her', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	await solveig.goto('/decisions');

	await test.step('the register tells of every recommendation what became of it', async () => {
		const row = (code: string) => main(solveig).getByRole('row').filter({ hasText: code });
		await expect(row('I-048')).toContainText(/V-097 avvik frå innstillinga\s+særlege grunnar/);
		await expect(row('I-051')).toContainText(/V-100 send attende\s+treng buvurdering/);
		await expect(row('I-041')).toContainText('utført: 1 av 1');
		await expect(row('I-050')).toContainText('ventar på vedtak, 5 dagar');
		await expect(row('I-051')).toContainText('har hengt i 3 dagar');
	});

	await test.step('one click leaves what waits, the longest first', async () => {
		await main(solveig)
			.getByRole('link', { name: /^Ventar på vedtak/ })
			.click();
		await expect(main(solveig).getByRole('status')).toHaveText('2 rader');
		expect(await codes(solveig)).toEqual(['I-050', 'I-052']);
		await main(solveig).getByLabel('Ord, kode eller saksnummer').fill('S-M7TC');
		await solveig.keyboard.press('Enter');
		await expect(main(solveig).getByRole('status')).toHaveText('1 rad');
		await main(solveig).getByLabel('Ord, kode eller saksnummer').fill('');
		await main(solveig).getByLabel('Tilrådd').selectOption({ label: 'tildele' });
		await expect.poll(() => codes(solveig)).toEqual(['I-050']);
		await main(solveig).getByLabel('Tilrådd').selectOption({ label: 'Alle utfall' });
		await expect.poll(() => codes(solveig)).toEqual(['I-050', 'I-052']);
	});

	await test.step('the file holds the rows of the page, and that she took it is noted', async () => {
		const download = solveig.waitForEvent('download');
		await main(solveig).getByRole('link', { name: 'Last ned til rekneark (CSV)' }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe('decisions-2026-11-23.csv');
		const text = readFileSync(await file.path(), 'utf8');
		expect(text.startsWith('\uFEFFNummer;Type;Forum;')).toBe(true);
		const lines = text.trim().split('\r\n').slice(1);
		expect(lines.map((line) => line.split(';')[0])).toEqual(await codes(solveig));
		const noted = rows(
			server,
			"SELECT thing AS subject FROM audit WHERE deed = 'decisions.export'"
		);
		expect(noted).toEqual([{ subject: 'register:decisions' }]);
	});

	await test.step('the figures are in words, and what is of too few is not told', async () => {
		await solveig.goto('/forums/br');
		await main(solveig).getByRole('link', { name: 'Tal for saksgangen' }).click();
		const times = main(solveig).getByRole('table', { name: 'Kor lang tid tek det?' });
		await expect(times.getByRole('row', { name: /Frå innstilling til vedtak/ })).toContainText(
			'3 dagar'
		);
		await expect(times.getByRole('row', { name: /Frå vedtak til innflytting/ })).toContainText(
			'færre enn fem'
		);
		await expect(main(solveig)).toContainText('Vedtaka er for få til å rekne ein del.');
		await main(solveig).getByRole('link', { name: '2026', exact: true }).click();
		await expect(solveig).toHaveURL(/period=2026$/);
		await main(solveig)
			.getByRole('link', { name: /vedtaka avvik frå/ })
			.click();
		await expect.poll(() => codes(solveig)).toEqual(['I-048']);
	});
});

test('a member who is disqualified finds nothing of the case: not in the register, not in the file', async ({
	browser
}) => {
	const eirik = await signIn(browser, server, 'P08');
	await eirik.goto('/decisions?q=S-V8RC');
	await expect(main(eirik).getByRole('status')).toHaveText('0 rader');
	for (const path of [
		'/decisions/export.csv',
		'/rulings/export.csv',
		'/actions/export.csv?scope=all&status=any'
	]) {
		const answer = await eirik.request.get(path);
		expect(answer.status(), path).toBe(200);
		const text = await answer.text();
		expect(text.split('\r\n').length, path).toBeGreaterThan(2);
		for (const word of ['S-V8RC', 'I-046', 'V-094', 'BR 63/26'])
			expect(text, path).not.toContain(word);
	}
});
