import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import {
	agendaLine,
	expect,
	minutes,
	openItem,
	openMeeting,
	signIn,
	test,
	untilSaved
} from './people.ts';
import { Received, traces } from './received.ts';
import { itemId, meetingId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());
// Several windows at once, each at two widths.
test.describe.configure({ timeout: 180_000 });

const panel = (page: Page): Locator => page.getByRole('region', { name: /^Innstilling/ });
/** The board's text, for writing. */
const board = (page: Page): Locator =>
	page.getByRole('textbox', { name: 'Teksten i innstilling I-053' });

async function atTheEnd(page: Page, words: string): Promise<void> {
	await writeAt(page, 'End', words);
}

async function writeAt(page: Page, place: 'Home' | 'End', words: string): Promise<void> {
	await board(page).click();
	await page.keyboard.press(`ControlOrMeta+${place}`);
	await page.keyboard.type(words);
}

async function assertUsable(page: Page): Promise<void> {
	for (const width of [390, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		const sideways = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(sideways, `scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
		const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
	}
}

/** Selects in which the words that are chosen are cut off. */
function cutOff(form: Locator): Promise<string[]> {
	return form.locator('select:visible').evaluateAll((selects) => {
		const pen = document.createElement('canvas').getContext('2d')!;
		return (selects as HTMLSelectElement[]).flatMap((select) => {
			const style = getComputedStyle(select);
			pen.font = `${style.fontSize} ${style.fontFamily}`;
			const words = select.selectedOptions[0]?.text ?? '';
			const inside =
				select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
			return pen.measureText(words).width > inside + 1 ? [`${select.name}: ${words}`] : [];
		});
	});
}

test('two write the council’s text together, the chair adopts what stands there, and it stands', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	const eirik = await signIn(browser, server, 'P08');
	await openMeeting(solveig, server, 'BR', '22/26');
	await solveig.getByRole('button', { name: 'Start møtet' }).click();
	await openItem(solveig, 'BR 71/26');
	for (const page of [mariann, eirik]) {
		await openMeeting(page, server, 'BR', '22/26');
		await openItem(page, 'BR 71/26');
	}

	await test.step('a third is disqualified, and the case is closed to him', async () => {
		await eirik.getByText('Eg kan vere inhabil og går frå').first().click();
		await eirik.getByLabel('Grunn', { exact: true }).selectOption('close_tie');
		await eirik.getByRole('button', { name: 'Eg kan vere inhabil og går frå' }).click();
		await expect(agendaLine(eirik, 'BR 71/26')).toHaveCount(0);
		await solveig.getByRole('button', { name: 'Inhabil', exact: true }).click();
		await expect(solveig.getByText(/Eirik Tenkjevoll er inhabil/)).toBeVisible();
	});
	const heard = await Received.by(eirik);

	await test.step('the form has room for its words, on a phone and on a laptop', async () => {
		await panel(solveig).getByRole('button', { name: 'Skriv innstilling' }).click();
		const form = solveig.getByRole('form', { name: 'Innstilling' });
		for (const finding of ['not_met', 'not_relevant'] as const)
			for (const criterion of ['har fylt 18 år', 'har butid i kommunen'])
				await form.getByLabel(criterion, { exact: true }).selectOption(finding);
		await form.getByLabel('Grunn: har fylt 18 år').selectOption('exempt');
		for (const width of [390, 1440]) {
			await solveig.setViewportSize({ width, height: 900 });
			expect(await cutOff(form), `at ${width}`).toEqual([]);
		}
		await assertUsable(solveig);
		const dwelling = form.getByLabel('Bustad', { exact: true });
		const best = dwelling.locator('option', { hasText: 'B-103' });
		await dwelling.selectOption((await best.getAttribute('value')) ?? '');
		await form.getByLabel('Det rådet legg vekt på').fill('nær skule');
		await form.getByRole('button', { name: 'Lagre utkastet' }).click();
		await expect(panel(solveig)).toContainText('Eirik Tenkjevoll var inhabil');
	});

	await test.step('Mariann opens the text, and both write in it at once', async () => {
		await panel(mariann).getByRole('button', { name: 'Rediger teksten saman' }).click();
		for (const page of [solveig, mariann])
			await expect(board(page)).toContainText('kode B-103, for tre år');
		await expect(board(mariann)).toBeFocused();
		await Promise.all([
			// Not where Mariann begins: she would begin in the middle of a word.
			writeAt(solveig, 'Home', 'Solveig skriv om skulevegen. '),
			atTheEnd(mariann, ' Mariann skriv om naboane.')
		]);
		await expect(board(solveig)).toContainText('naboane');
		await expect(board(mariann)).toContainText('skulevegen');
		await expect(panel(solveig).locator('.caret-name')).toHaveText('Mariann Dømestad');
		for (const page of [solveig, mariann]) await untilSaved(page);
		expect(await board(solveig).locator('p').allInnerTexts()).toHaveLength(1);
		for (const page of [solveig, mariann]) await assertUsable(page);
	});

	await test.step('what points to one person is not taken in', async () => {
		await atTheEnd(mariann, ' 13097248022');
		await expect(mariann.getByText('Dette ser ut til å peike ut ein person')).toBeVisible();
		await expect(board(mariann)).not.toContainText('13097248022');
		await mariann.keyboard.press('Backspace');
		await expect(mariann.getByText('Dette ser ut til å peike ut ein person')).toBeHidden();
	});

	await test.step('when the choices change, the text says that it does not follow', async () => {
		await panel(mariann).getByRole('button', { name: 'Endre innstillinga' }).click();
		const form = mariann.getByRole('form', { name: 'Innstilling' });
		await form.getByLabel('Ønsket til søkjaren').fill('bu sentralt');
		await form.getByRole('button', { name: 'Lagre utkastet' }).click();
		await expect(panel(solveig)).toContainText('Vala er endra etter at teksten vart opna');
		await expect(board(solveig)).not.toContainText('bu sentralt');
		await panel(solveig).getByRole('button', { name: 'Set saman på nytt' }).click();
		await panel(solveig).getByRole('button', { name: 'Byt ut teksten' }).click();
		for (const page of [solveig, mariann]) {
			await expect(board(page)).toContainText('bu sentralt');
			await expect(board(page)).not.toContainText('naboane');
			await expect(panel(page)).not.toContainText('Vala er endra');
		}
		await atTheEnd(mariann, ' Mariann skriv om att.');
		await expect(board(solveig)).toContainText('om att.');
		for (const page of [solveig, mariann]) await untilSaved(page);
	});

	await test.step('the chair adopts it, and it is frozen on both pages', async () => {
		let words = '';
		await panel(solveig).getByRole('button', { name: 'Vedta innstillinga' }).click();
		for (const page of [solveig, mariann]) {
			await expect(panel(page).getByText('vedteken', { exact: true })).toBeVisible();
			await expect(board(page)).toHaveCount(0);
			const [frozen] = rows(server, `SELECT text FROM recommendation WHERE code = 'I-053'`);
			words = String(frozen!.text);
			expect(words).toMatch(/^Bustadrådet tilrår .* Mariann skriv om att\.$/);
			await expect(panel(page)).toContainText(words);
			await expect(panel(page)).toContainText('Fingeravtrykk');
			await expect(minutes(page)).toContainText(`I-053: ${words}`);
			await untilSaved(page);
		}
		await mariann.reload();
		await expect(panel(mariann)).toContainText(words);
		await expect(board(mariann)).toHaveCount(0);
	});

	await test.step('what was replaced can be read, and the disqualified has seen nothing of it', async () => {
		await mariann.getByRole('link', { name: 'Versjonar' }).click();
		const item = mariann.getByRole('article', { name: /BR 71\/26/ });
		await expect(item).toContainText('naboane');
		const page = meetingId(server, 'BR', '22/26');
		for (const path of [`/meetings/${page}`, `/search?q=sentralt`, `/meetings/${page}/versions`]) {
			await eirik.goto(path);
			await expect(eirik.getByRole('heading', { level: 1 })).toBeVisible();
		}
		await eirik.goto(`/meetings/${page}/${itemId(server, 'BR 71/26')}`);
		const secret = ['skulevegen', 'naboane', 'bu sentralt', 'kode B-103, for tre år'];
		expect(traces(heard.all, secret)).toEqual([]);
	});

	await test.step('what should not have been adopted is erased from the frozen text, and it is marked', async () => {
		await panel(solveig).evaluate((section) => {
			const text = section.querySelector('[data-words] p')!.firstChild as Text;
			const from = text.data.indexOf('nær skule');
			getSelection()!.setBaseAndExtent(text, from, text, from + 'nær skule'.length);
		});
		await panel(solveig).getByRole('button', { name: 'Slett noko i innstillinga' }).click();
		const dialog = solveig.getByRole('dialog', { name: 'Slett for godt' });
		await dialog.getByRole('button', { name: 'Sjå kva som blir borte' }).click();
		await expect(dialog).toContainText('Det står òg i innstillinga');
		await dialog.getByLabel('Grunn').selectOption('identifier');
		await dialog.getByRole('button', { name: 'Slett for godt', exact: true }).click();
		await expect(dialog).toBeHidden();
		await expect(panel(solveig)).toContainText('Det er lagt vekt på dette: ….');
		await expect(panel(solveig)).toContainText('noko sletta i etterkant');
		await expect(minutes(solveig)).not.toContainText('nær skule');
		const [row] = rows(server, `SELECT reasons FROM recommendation WHERE code = 'I-053'`);
		expect(row).toEqual({ reasons: '…' });
	});
});
