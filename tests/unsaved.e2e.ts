import { Net } from './net.ts';
import { expect, minutes, openItem, openMeeting, signIn, test, untilSaved } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('who writes without a net while the chair locks the meeting gets the own words back, and the minutes stand as locked', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const solveig = await signIn(browser, server, 'P03');
	const mariann = await signIn(browser, server, 'P05');
	const net = await Net.of(mariann);
	const address = await openMeeting(solveig, server, 'BR', '22/26');
	await openMeeting(mariann, server, 'BR', '22/26');
	for (const page of [solveig, mariann]) await openItem(page, '1');
	const link = mariann.url();

	await test.step('what was written before is stored', async () => {
		await minutes(mariann).click();
		await mariann.keyboard.type('Lagra i tide. ');
		await untilSaved(mariann);
		await expect(minutes(solveig)).toContainText('Lagra i tide.');
	});

	await test.step('the net goes, and she writes on', async () => {
		await net.goDown();
		await expect(mariann.locator('[data-state=offline]')).toBeVisible();
		await minutes(mariann).click();
		await mariann.keyboard.press('Control+End');
		await mariann.keyboard.type('Skrive utan nett.');
		await expect(mariann.getByText(/Fråkopla, \d+ ventar \(teke vare på/)).toBeVisible();
	});

	await test.step('the chair locks the meeting meanwhile', async () => {
		await solveig.goto(address);
		for (const step of ['Start møtet', 'Avslutt møtet', 'Lås referatet'])
			await solveig.getByRole('button', { name: step, exact: true }).click();
		await expect(solveig.getByText('Låst', { exact: true }).first()).toBeVisible();
	});

	await test.step('back again she sees her words beside the minutes, which do not have them', async () => {
		await net.comeBack();
		const unsent = mariann.getByRole('region', { name: 'Dette vart ikkje lagra' });
		await expect(unsent).toBeVisible({ timeout: 20_000 });
		await expect(unsent.getByLabel('Det du skreiv i Bustadrådet 22/26')).toHaveValue(
			/Skrive utan nett\.$/
		);
		await expect(unsent.getByLabel(/Det du skreiv/)).not.toHaveValue(/Lagra i tide/);
		await expect(mariann.locator('article .ProseMirror')).toContainText('Lagra i tide.');
		await expect(mariann.locator('article .ProseMirror')).not.toContainText('Skrive utan nett');
		await mariann.reload();
		await expect(unsent).toBeVisible();
		await unsent.getByRole('button', { name: 'Ferdig, fjern herifrå' }).click();
		await expect(unsent).toBeHidden();
	});

	await test.step('the minutes are unchanged for everybody', async () => {
		await solveig.goto(link);
		await expect(solveig.locator('article .ProseMirror')).toContainText('Lagra i tide.');
		await expect(solveig.locator('article .ProseMirror')).not.toContainText('Skrive utan nett');
	});
});
