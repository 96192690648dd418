import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
	button,
	lock,
	main,
	recommend,
	recommendation,
	region,
	rule,
	sendOn,
	start
} from './board.ts';
import { mailsTo } from './mail.ts';
import { expect, openItem, openMeeting, signIn, test } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

/*
 * What becomes of the board's recommendations: ruled on, on one track or two, carried out, and
 * told to the board.
 */

let server: RunningServer;
let data: string;

test.beforeEach(async () => {
	data = await mkdtemp(join(tmpdir(), 'samrad-'));
	server = await startServer({ data });
});
test.afterEach(async () => {
	await server.stop();
	await rm(data, { recursive: true, force: true });
});
test.describe.configure({ timeout: 120_000 });

/** Lets time pass: the same server on the same data, at another moment. Everybody signs in anew. */
async function goOnAt(clock: string): Promise<void> {
	const { port } = server;
	await server.stop();
	server = await startServer({ data, port, clock });
}

test('who rules departs from a recommendation and says why; the council sees it first at its next meeting', async ({
	browser
}) => {
	const halldor = await signIn(browser, server, 'P02');
	const why = 'behovet er mellombels, og tre år er for lenge';

	await test.step('without a reason nothing is ruled', async () => {
		await halldor.goto('/');
		await halldor.getByRole('link', { name: /Innstillingar til vedtak: 2/ }).click();
		await halldor.getByRole('link', { name: 'V-099' }).click();
		await main(halldor).locator('summary', { hasText: 'Avvik frå innstillinga' }).click();
		const form = halldor.getByRole('form', { name: 'Avvik frå innstillinga' });
		await button(form, 'Avvik frå innstillinga').click();
		await expect(form.locator('textarea[name=reason]:invalid')).toHaveCount(1);
	});

	await test.step('with one it is, and nobody can rule on it again', async () => {
		await rule(halldor, 'V-099', {
			how: 'Avvik frå innstillinga',
			why,
			content: 'omsorgsbustad, eitt år',
			result: 'delvis innvilga',
			notice: '2026-11-23'
		});
		await expect(region(halldor, 'Vedtak')).toContainText('avvik frå innstillinga');
		await expect(main(halldor)).toContainText('14. desember 2026 (21 dagar)');
		await expect(region(halldor, 'Gjer vedtak')).toHaveCount(0);
		await halldor.goto('/');
		await expect(halldor.getByRole('link', { name: /Innstillingar til vedtak: 1/ })).toBeVisible();
	});

	for (const [who, name] of [
		['P03', 'the chair'],
		['P05', 'a member']
	] as const)
		await test.step(`${name} sees it in «Sidan sist», before what was followed`, async () => {
			const page = await signIn(browser, server, who);
			await openMeeting(page, server, 'BR', '22/26');
			const items = region(page, 'Sidan sist').getByRole('listitem');
			// Only what was sent back comes before it.
			await expect(items.nth(1)).toContainText(`avvik frå innstillinga: ${why}`);
			await expect(items.nth(1)).toContainText('I-050');
			await items.nth(1).getByRole('link', { name: 'V-099' }).click();
			await expect(region(page, 'Vedtak')).toContainText(why);
		});
});

test('one case is ruled on twice, by two sets of rules, with an appeal body each', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const halldor = await signIn(browser, server, 'P02');

	await test.step('whoever sends it ticks the second track', async () => {
		await openMeeting(solveig, server, 'BR', '22/26');
		await start(solveig);
		await openItem(solveig, 'BR 72/26');
		await recommend(solveig, { dwelling: 'B-111', reasons: 'ung og utan bustad' });
		const panel = recommendation(solveig);
		const dwelling = panel.getByRole('checkbox', { name: /^A: / });
		const help = panel.getByRole('checkbox', { name: /^B: / });
		await expect(dwelling).toBeChecked();
		await expect(help).not.toBeChecked();
		await expect(panel).toContainText('klage til Statsforvaltaren');
		await sendOn(panel, ['A', 'B']);
	});

	await test.step('both wait; one is refused, the other granted', async () => {
		await halldor.goto('/rulings');
		const waiting = main(halldor).getByRole('table', { name: 'Til vedtak' });
		await expect(waiting.getByRole('row', { name: /V-102 .* A kommunal bustad/ })).toBeVisible();
		await expect(waiting.getByRole('row', { name: /V-103 .* B hjelp etter/ })).toBeVisible();
		await rule(halldor, 'V-102', {
			how: 'Avvik frå innstillinga',
			why: 'ingen eigna bustad no',
			result: 'avslag',
			content: 'ikkje kommunal bustad no',
			notice: '2026-11-23'
		});
		await expect(main(halldor)).toContainText('kommunal klagenemnd');
		await expect(region(halldor, 'Andre spor i same sak')).toContainText('V-103');
		await rule(halldor, 'V-103', {
			how: 'Følg innstillinga',
			content: 'råd og hjelp med søknader',
			notice: '2026-11-23'
		});
		await expect(main(halldor)).toContainText('Statsforvaltaren');
	});

	await test.step('one of them is appealed, the other is not', async () => {
		await halldor.goto('/rulings/V-102');
		await button(halldor.getByRole('form', { name: 'Noter klage' }), 'Noter klage').click();
		await expect(region(halldor, 'Klage')).toContainText('Motteken');
		await solveig.goto('/cases/S-2WHK');
		const refused = region(solveig, 'V-102');
		await expect(refused).toContainText('klage til kommunal klagenemnd');
		await expect(refused).toContainText('klage motteken');
		const granted = region(solveig, 'V-103');
		await expect(granted).toContainText('klage til Statsforvaltaren');
		await expect(granted).toContainText('Klagefristen går ut må. 14. des. (21 dagar)');
	});
});

test('a ruling sets five actions going at four units; one goes overdue, is done, and the case shows its whole way', async ({
	browser
}) => {
	await goOnAt('2026-12-01T08:00:00Z');
	let solveig = await signIn(browser, server, 'P03');
	/** The action that is to go overdue. */
	let lease = '';

	await test.step('the council recommends an exchange, and it is ruled so', async () => {
		await openMeeting(solveig, server, 'BR', '22/26');
		await start(solveig);
		await openItem(solveig, 'BR 73/26');
		await recommend(solveig, {
			outcome: 'byte',
			dwelling: 'B-105',
			reasons: 'treng tre soverom',
			unit: 'Heimetenester',
			level: 'litt oppfølging'
		});
		await sendOn(recommendation(solveig));
		await lock(solveig);
		const halldor = await signIn(browser, server, 'P02');
		await rule(halldor, 'V-102', { how: 'Følg innstillinga', notice: '2026-12-01' });
	});

	await test.step('the chair looks the list over, changes it, and sends it out', async () => {
		await solveig.goto('/rulings/V-102');
		const form = solveig.getByRole('form', { name: 'Oppgåver som følgjer av vedtaket' });
		await expect(form.getByRole('group')).toHaveCount(5);
		const task = (name: string) => form.getByRole('group', { name: new RegExp(`^${name}`) });
		await task('Leigekontrakt').getByLabel('Frist').fill('2026-12-11');
		await task('Innflytting')
			.getByLabel('Kven skal gjere det?')
			.selectOption({ label: 'Housing First-teamet (bustadsosialt team)' });
		await task('Nabodialog')
			.getByLabel('Kva skal gjerast')
			.fill('Snakke med naboane før S-D8VS flyttar inn');
		await button(form, 'Send ut oppgåvene').click();
		const sent = region(solveig, 'Oppgåver frå vedtaket');
		const works = sent.getByRole('listitem');
		await expect(works).toHaveCount(5);
		for (const unit of ['Bustadkontoret', 'Sunnøy kommunale eigedom', 'Housing First', 'Heimeten'])
			await expect(works.filter({ hasText: unit }).first()).toBeVisible();
		await expect(sent).toContainText('Snakke med naboane før S-D8VS flyttar inn');
		[lease = ''] = /O-\d+/.exec(await works.filter({ hasText: 'Leigekontrakt' }).innerText()) ?? [];
	});

	await test.step('two weeks later one is late: at its unit, and before the council', async () => {
		await goOnAt('2026-12-14T08:00:00Z');
		const oddvar = await signIn(browser, server, 'P06');
		await oddvar.goto('/');
		await expect(region(oddvar, 'Oppfølginga mi')).toContainText('Leigekontrakt: S-D8VS');
		await expect(region(oddvar, 'Oppfølginga mi').getByRole('heading').nth(1)).toContainText(
			'Over fristen'
		);
		const reminded = new RegExp(`Over fristen[^]*- ${lease} \\(BR 73/26, sak S-D8VS`);
		await expect
			.poll(() =>
				mailsTo(data, 'oddvar.kulissvik@sunnoy.example')
					.map(({ text }) => text)
					.join()
			)
			.toMatch(reminded);
		solveig = await signIn(browser, server, 'P03');
		await openMeeting(solveig, server, 'BR', '23/26');
		const told = region(solveig, 'Sidan sist').getByRole('listitem').filter({ hasText: 'I-053' });
		await expect(told).toContainText('0 av 5 oppfølgingspunkt utførte, 1 over fristen');
		await finish(oddvar, lease);
		await solveig.reload();
		await expect(told).toContainText('1 av 5 oppfølgingspunkt utførte');
		await expect(told).not.toContainText('over fristen');
	});

	await test.step('from the action one comes back to where it began, step by step', async () => {
		await solveig.goto(`/actions/${lease}`);
		await main(solveig).getByRole('link', { name: 'V-102' }).click();
		await expect(main(solveig).getByRole('blockquote')).toContainText('kode B-105');
		await main(solveig).getByRole('link', { name: 'S-D8VS' }).click();
		const line = region(solveig, 'Tidslinja');
		for (const word of ['registrert', 'meld til rådet', 'BR 73/26', 'I-053', 'vedtak gjort'])
			await expect(line).toContainText(word);
		const ruling = region(solveig, 'V-102');
		await expect(ruling.getByRole('listitem')).toHaveCount(5);
		await expect(ruling.getByRole('listitem').filter({ hasText: lease })).toContainText(/utført/i);
	});
});

async function finish(page: Page, code: string): Promise<void> {
	await button(page, `${code} er utført`).click();
	await expect(region(page, 'Oppfølginga mi')).not.toContainText(code);
}
