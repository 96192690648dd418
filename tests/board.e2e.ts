import {
	button,
	fillAgenda,
	lock,
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
import { agendaLine, expect, openItem, openMeeting, signIn, test } from './people.ts';
import { itemId, meetingId } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/* The board itself: its queue, its meeting, what it gets back, and what cannot wait for it. */

let server: RunningServer;

test.beforeEach(async () => {
	server = await startServer();
});
test.afterEach(() => server.stop());
test.describe.configure({ timeout: 120_000 });

test('BR 22/26 runs from the queue to locked minutes; one leaves at one item, and the deputy is in for exactly that', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const jostein = await signIn(browser, server, 'P04');
	const eirik = await signIn(browser, server, 'P08');
	let code = '';

	await test.step('a new case goes to the queue, and from there on the agenda', async () => {
		code = await registerCase(jostein);
		await jostein.goto('/forums/br');
		await expect(region(jostein, 'Saker som ventar på rådet')).toContainText(code);
		await fillAgenda(jostein, '22/26');
		await openMeeting(solveig, server, 'BR', '22/26');
		await expect(main(solveig).locator('[data-line]', { hasText: code })).toBeVisible();
	});

	await test.step('the meeting starts, and the member who has a tie to the applicant says so', async () => {
		await start(solveig);
		await openMeeting(eirik, server, 'BR', '22/26');
		await openItem(eirik, 'BR 76/26');
		await eirik.getByText('Eg kan vere inhabil og går frå').first().click();
		await eirik.getByLabel('Grunn', { exact: true }).selectOption('close_tie');
		await button(eirik, 'Eg kan vere inhabil og går frå').click();
		await expect(agendaLine(eirik, 'BR 76/26')).toHaveCount(0);
		await expect(agendaLine(eirik, 'BR 71/26')).toBeVisible();
	});

	const item = itemId(server, 'BR 76/26');
	const path = `/meetings/${meetingId(server, 'BR', '22/26')}/${item}`;
	const sindre = await signIn(browser, server, 'P13');

	await test.step('the council judges without him, and calls the deputy, with the warning that is due', async () => {
		expect((await sindre.request.get(path)).status()).toBe(404);
		await openItem(solveig, 'BR 76/26');
		const question = solveig.getByRole('form', { name: 'Eirik Tenkjevoll' });
		await question
			.getByLabel('Vara til denne saka')
			.selectOption({ label: 'Sindre Liksomhaug (vara for Eirik Tenkjevoll, og underordna)' });
		await button(question, 'Inhabil').click();
		await expect(main(solveig).locator('article')).toContainText(
			'Er Eirik Tenkjevoll inhabil, kan Sindre Liksomhaug førebu saka, men ikkje vere med og avgjere'
		);
	});

	await test.step('the deputy has exactly that item', async () => {
		await sindre.goto(path);
		await expect(main(sindre).locator('article')).toContainText('S-K6YJ');
		await expect(main(sindre).locator('[data-line]', { hasText: 'Unnateke' })).toHaveCount(7);
		expect(await sindre.content()).not.toContain('S-G5MQ');
		expect(await sindre.content()).not.toContain(code);
	});

	await test.step('the council recommends, and it says who was not with it', async () => {
		await recommend(solveig, { dwelling: 'B-101', reasons: 'kan ikkje bruke trapp' });
		await expect(recommendation(solveig)).toContainText(
			'Eirik Tenkjevoll var inhabil og var ikkje med.'
		);
	});

	await test.step('the minutes are locked, with the sentence in them', async () => {
		await lock(solveig);
		await openMeeting(jostein, server, 'BR', '22/26');
		await openItem(jostein, 'BR 76/26');
		const text = main(jostein).locator('article .ProseMirror');
		await expect(text).toContainText(
			'Eirik Tenkjevoll melde frå om nær personleg tilknyting. Bustadrådet drøfta spørsmålet utan Eirik Tenkjevoll, ' +
				'som vart funnen inhabil, jf. forvaltningslova §§ 6 og 8, og gjekk frå før saka vart lagd fram. ' +
				'Sindre Liksomhaug møtte som vara.'
		);
		await expect(text).toContainText('I-053: Bustadrådet tilrår');
		await expect(text).not.toHaveAttribute('contenteditable', 'true');
		for (const page of [sindre, eirik]) {
			await page.goto(path);
			await expect(page.getByText('S-K6YJ')).toHaveCount(0);
		}
	});

	await test.step('what the meeting did not reach is on the next agenda', async () => {
		await openMeeting(solveig, server, 'BR', '23/26');
		await expect(main(solveig).locator('[data-line]', { hasText: code })).toBeVisible();
		await expect(main(solveig).locator('[data-line]', { hasText: 'S-K6YJ' })).toHaveCount(0);
	});
});

test('what is sent back, and sent back again, waits first in the queue and brings its history', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const halldor = await signIn(browser, server, 'P02');
	const first = 'treng buvurdering og plan for nabodialog';
	const second = 'buvurderinga manglar framleis';

	await test.step('it has come back once, and the council recommends again', async () => {
		await openMeeting(solveig, server, 'BR', '22/26');
		await expect(region(solveig, 'Sidan sist').getByRole('listitem').first()).toContainText(first);
		await start(solveig);
		await openItem(solveig, 'BR 77/26');
		await expect(
			main(solveig).locator('article').getByRole('link', { name: 'BR 69/26' })
		).toBeVisible();
		await recommend(solveig, { outcome: 'byte', dwelling: 'B-114', reasons: 'eige ønske' });
		await sendOn(recommendation(solveig));
	});

	await test.step('it comes back again', async () => {
		await rule(halldor, 'V-102', { how: 'Send attende', why: second });
		await expect(main(halldor)).toContainText(second);
	});

	await test.step('the queue has it first, with when and why', async () => {
		// The one that came in meanwhile waits behind it.
		const jostein = await signIn(browser, server, 'P04');
		const code = await registerCase(jostein);
		await lock(solveig);
		await solveig.goto('/forums/br');
		const waiting = region(solveig, 'Saker som ventar på rådet').getByRole('listitem');
		await expect(waiting).toHaveCount(2);
		await expect(waiting.first()).toContainText('S-N9CL');
		await expect(waiting.first()).toContainText(`Send attende 23. nov. 09.`);
		await expect(waiting.first()).toContainText(second);
		await expect(waiting.first()).toContainText('2 gonger utsett eller send attende');
		await expect(waiting.first().getByRole('link', { name: 'BR 77/26' })).toBeVisible();
		await expect(waiting.last()).toContainText(code);
	});

	await test.step('it comes to the next agenda with the way it has been', async () => {
		await fillAgenda(solveig, '23/26');
		await openMeeting(solveig, server, 'BR', '23/26');
		await main(solveig).locator('[data-line]', { hasText: 'S-N9CL' }).click();
		const item = main(solveig).locator('article');
		await expect(item).toContainText('3. gong');
		for (const number of ['BR 77/26', 'BR 69/26'])
			await expect(item.getByRole('link', { name: number })).toBeVisible();
	});

	await test.step('and the case page tells all of it', async () => {
		await solveig.goto('/cases/S-N9CL');
		const line = region(solveig, 'Tidslinja');
		for (const word of [first, second, 'I-051', 'V-100', 'I-053', 'V-102'])
			await expect(line).toContainText(word);
	});
});

test('what cannot wait is decided between meetings by the few, and the council is told at its fixed item', async ({
	browser
}) => {
	const solveig = await signIn(browser, server, 'P03');
	const gunnhild = await signIn(browser, server, 'P09');
	const why = 'utkastinga er berama til fredag';

	await test.step('who they are, everybody can read; the chair names another one', async () => {
		const kare = await signIn(browser, server, 'P14');
		await kare.goto('/forums/br');
		await expect(region(kare, 'Hastesaker mellom møta')).toContainText('Jostein Prøveli');
		expect((await gunnhild.request.get('/cases/S-J3RF/urgent')).status()).toBe(404);
		await solveig.goto('/forums/br');
		const few = region(solveig, 'Hastesaker mellom møta');
		const choice = few.getByLabel('Medlem som kan avgjere hastesaker');
		await choice.selectOption({ label: 'Gunnhild Øvingsås, Programleiar' });
		await button(few, 'Peik ut').click();
		await expect(few.getByRole('listitem')).toHaveCount(3);
	});

	await test.step('she decides, and says why it cannot wait', async () => {
		await gunnhild.goto('/cases/S-J3RF');
		await gunnhild.getByRole('link', { name: 'Hastesak: avgjer mellom møta' }).click();
		await expect(main(gunnhild)).toContainText('Rådet får melding på møte 22/26');
		await write(gunnhild, { outcome: 'gi anna hjelp', reasons: 'restansen kan løysast' });
		await expect(gunnhild.getByRole('blockquote')).toContainText('anna hjelp enn kommunal bustad');
		await gunnhild.getByLabel('Kvifor kan ikkje saka vente?').fill(why);
		await button(gunnhild, 'Vedta på vegner av rådet').click();
		await gunnhild.waitForURL(/\/cases\/S-J3RF$/);
	});

	await test.step('she sends it on the one track that is to be ruled on', async () => {
		const form = gunnhild.getByRole('form', { name: 'Send I-053 til vedtak' });
		await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(2);
		await sendOn(main(gunnhild), ['B']);
		await expect(region(gunnhild, 'V-102')).toContainText('klage til Statsforvaltaren');
	});

	await test.step('the council is told, and nobody has put it there by hand', async () => {
		await openMeeting(solveig, server, 'BR', '22/26');
		await expect(region(solveig, 'Sidan sist')).toContainText('hastesak mellom møta');
		await openItem(solveig, '5');
		const told = region(solveig, 'Avgjort mellom møta');
		await expect(told).toContainText('Avgjort av Gunnhild Øvingsås');
		await expect(told).toContainText(why);
		await expect(told.getByRole('link', { name: 'S-J3RF' })).toBeVisible();
	});

	await test.step('its ruling sets work going, which says where it comes from', async () => {
		const halldor = await signIn(browser, server, 'P02');
		await rule(halldor, 'V-102', { how: 'Følg innstillinga', notice: '2026-11-23' });
		await solveig.goto('/rulings/V-102');
		await button(solveig, 'Send ut oppgåvene').click();
		const sent = region(solveig, 'Oppgåver frå vedtaket');
		await expect(sent).toContainText('Førebygge utkasting: S-J3RF');
		await sent.getByRole('listitem').first().getByRole('link').click();
		await main(solveig).getByRole('link', { name: 'møte BR 22/26' }).click();
		await expect(region(solveig, 'Avgjort mellom møta')).toBeVisible();
	});
});
