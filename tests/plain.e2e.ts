import type { Browser, Page } from '@playwright/test';
import {
	button,
	fillAgenda,
	main,
	recommend,
	recommendation,
	region,
	registerCase,
	rule,
	sendOn,
	start,
	write
} from './board.ts';
import { expect, openItem, openMeeting, signIn, test } from './people.ts';
import { rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/*
 * The chain without scripts: only the meeting itself needs them, since several write in it at
 * once.
 */

let server: RunningServer;

test.beforeEach(async () => {
	server = await startServer();
});
test.afterEach(() => server.stop());
test.describe.configure({ timeout: 120_000 });

async function plainly(browser: Browser, person: string): Promise<Page> {
	const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
	return signIn(context, server, person);
}

test('a case goes through the queue, is put off and taken up again', async ({ browser }) => {
	const jostein = await plainly(browser, 'P04');
	const code = await registerCase(jostein);
	await fillAgenda(jostein, '22/26');
	await jostein.goto(`/cases/${code}`);
	await main(jostein).locator('summary', { hasText: 'Utset' }).click();
	const form = jostein.getByRole('form', { name: 'Utset' });
	await form.getByLabel('Kvifor?').fill('ventar på kartlegginga');
	await button(form, 'Utset').click();
	await expect(region(jostein, 'Tidslinja')).toContainText('utsett: ventar på kartlegginga');
	await button(jostein, 'Meld til rådet').click();
	await expect(main(jostein)).toContainText('til bustadrådet');
});

test('who rules follows, sends back, and is told what is amiss without losing what was written', async ({
	browser
}) => {
	const halldor = await plainly(browser, 'P02');
	const words = 'treng ei ny vurdering. Ring 40 50 60 70';
	await halldor.goto('/rulings/V-101');
	await main(halldor).locator('summary', { hasText: 'Send attende' }).click();
	const form = halldor.getByRole('form', { name: 'Send attende' });
	await form.getByLabel('Kva manglar?').fill(words);
	await button(form, 'Send attende').click();
	await expect(halldor.getByRole('alert')).toContainText('telefonnummer');
	await expect(form.getByLabel('Kva manglar?')).toHaveValue(words);
	await form.getByLabel('Kva manglar?').fill('treng ei ny vurdering');
	await button(form, 'Send attende').click();
	await expect(region(halldor, 'Vedtak')).toContainText('treng ei ny vurdering');
	await rule(halldor, 'V-099', { how: 'Følg innstillinga' });
	await button(halldor, 'Noter at meldinga er motteken').click();
	await expect(region(halldor, 'Vedtak')).toContainText('Klagefristen går ut');
});

test('the chair sends a recommendation on, and the work out', async ({ browser }) => {
	const solveig = await signIn(browser, server, 'P03');
	await openMeeting(solveig, server, 'BR', '22/26');
	await start(solveig);
	await openItem(solveig, 'BR 71/26');
	await recommend(solveig, { dwelling: 'B-103', reasons: 'rett storleik' });
	await expect(recommendation(solveig)).toContainText('I-053');

	const plain = await plainly(browser, 'P03');
	await plain.goto('/cases/S-G5MQ');
	await sendOn(main(plain), ['A']);
	const halldor = await plainly(browser, 'P02');
	await rule(halldor, 'V-102', { how: 'Følg innstillinga', notice: '2026-11-23' });
	await plain.goto('/rulings/V-102');
	await button(plain, 'Send ut oppgåvene').click();
	await expect(region(plain, 'Oppgåver frå vedtaket')).toContainText('Leigekontrakt: S-G5MQ');
	expect(rows(server, 'SELECT count(*) AS n FROM ruling_action')).toEqual([{ n: 3 }]);
});

test('one of the few decides what cannot wait', async ({ browser }) => {
	const jostein = await plainly(browser, 'P04');
	await jostein.goto('/cases/S-2WHK');
	await jostein.getByRole('link', { name: 'Hastesak: avgjer mellom møta' }).click();
	await write(jostein, {
		dwelling: 'B-111',
		lease: { months: 6, why: 'medan kommunen leitar etter ein fast bustad' },
		reasons: 'står utan tak over hovudet i natt'
	});
	await jostein.getByLabel('Kvifor kan ikkje saka vente?').fill('bustadlaus frå i kveld');
	await button(jostein, 'Vedta på vegner av rådet').click();
	await sendOn(main(jostein), ['A']);
	await expect(region(jostein, 'V-102')).toContainText('ventar på vedtak');

	await test.step('and the chair erases what should not have been written there', async () => {
		const solveig = await plainly(browser, 'P03');
		await solveig.goto('/cases/S-2WHK');
		await solveig.getByRole('link', { name: 'Slett noko i saka for godt' }).click();
		await solveig.getByLabel('Ord som skal bort').fill('finst ikkje');
		await button(solveig, 'Sjå kva som blir borte').click();
		await expect(solveig.getByRole('alert')).toContainText('Fann ingenting å slette');
		await expect(solveig.getByLabel('Ord som skal bort')).toHaveValue('finst ikkje');
		await solveig.getByLabel('Ord som skal bort').fill('frå i kveld\nover hovudet i natt');
		await button(solveig, 'Sjå kva som blir borte').click();
		await expect(region(solveig, 'Dette blir borte')).toContainText('bustadlaus frå i kveld');
		await expect(region(solveig, 'Dette blir borte')).toContainText('tak over hovudet i natt');
		await solveig.getByLabel('Grunn').selectOption('sensitive');
		await button(solveig, 'Slett for godt').click();
		await expect(main(solveig)).toContainText('Noko i saka er sletta for godt');
		await expect(main(solveig)).toContainText('bustadlaus …');
		await expect(main(solveig)).not.toContainText('hovudet i natt');
		expect((await jostein.request.get('/cases/S-2WHK')).ok(), 'a member still reads the case').toBe(
			true
		);
	});
});
