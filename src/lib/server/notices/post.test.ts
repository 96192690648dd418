import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { folder, type Letter, smtp } from './post.ts';
import { type MailServer, startMailServer } from './testing.ts';

let server: MailServer | null = null;
afterEach(async () => {
	await server?.stop();
	server = null;
});

const letter: Letter = {
	id: 'f3b5c1aa-0000-4000-8000-000000000001',
	to: { name: 'Kari Øvingsås', address: 'kari@sunnoy.example' },
	subject: 'Samråd: påminningar må. 23. nov.',
	text: 'Over fristen\n- O-15 (BR 66/26): fristen var fr. 20. nov.\n',
	calendar: null,
	unsubscribe: 'https://samrad.example.no/unsubscribe/hemmeleg',
	at: Date.parse('2026-11-23T08:00:00Z')
};
const at = (port: number, more: { user?: string; password?: string } = {}) => ({
	host: '127.0.0.1',
	port,
	secure: false,
	user: null,
	password: null,
	...more
});
const send = (one = letter, more = {}) =>
	smtp(at(server!.port, more), 'samrad@sunnoy.example')(one);

/** The lines of a message's head, folded ones put together. */
function head(message: string): string[] {
	const [lines = ''] = message.split('\r\n\r\n', 1);
	return lines.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
}

test('a letter is taken as it was meant, with one name of its own and a way to say no to more', async () => {
	server = await startMailServer();
	expect(await send()).toEqual({ state: 'sent' });
	const [message = ''] = server.taken;
	expect(head(message)).toEqual(
		expect.arrayContaining([
			'From: =?UTF-8?Q?Samr=C3=A5d?= <samrad@sunnoy.example>',
			`Message-ID: <${letter.id}@sunnoy.example>`,
			'Date: Mon, 23 Nov 2026 08:00:00 +0000',
			'Auto-Submitted: auto-generated',
			`List-Unsubscribe: <${letter.unsubscribe}>`,
			'List-Unsubscribe-Post: List-Unsubscribe=One-Click'
		])
	);
	expect(message).toContain('O-15 (BR 66/26)');
});

test('sent again it would have the same name', async () => {
	server = await startMailServer();
	await send();
	await send();
	const names = server.taken.map((one) => head(one).find((line) => line.startsWith('Message-ID')));
	expect(new Set(names).size).toBe(1);
});

test('what goes with a call is a calendar file, in the message and beside it', async () => {
	server = await startMailServer();
	await send({ ...letter, calendar: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' });
	expect(server.taken[0]).toContain('Content-Type: text/calendar; charset=utf-8; method=PUBLISH');
	expect(server.taken[0]).toContain('filename=samrad.ics');
});

test.each([
	['refused for now while the message is offered', { message: () => 451 }, 'later', 451],
	['refused for good', { message: () => 554 }, 'refused', 554],
	['the sender refused for now', { sender: () => 450 }, 'later', 450],
	['the sender refused for good', { sender: () => 550 }, 'refused', 550]
])('%s: %o', async (_, behave, state, reply) => {
	server = await startMailServer(behave);
	expect(await send()).toEqual({ state, reply });
	expect(server.taken).toEqual([]);
});

test('a line that is cut while the message goes over leaves it uncertain', async () => {
	server = await startMailServer({ message: () => 'cut' });
	expect(await send()).toEqual({ state: 'uncertain' });
	expect(server.offered).toBe(1);
});

test('a line that is cut before the message was asked for does not', async () => {
	const rude = createServer((socket) => {
		socket.on('error', () => {});
		socket.write('220 here\r\n');
		socket.on('data', (heard) => {
			if (/^(EHLO|HELO)/.test(heard.toString())) socket.write('250 here\r\n');
			else socket.destroy();
		});
	});
	await new Promise<void>((ready) => rude.listen(0, '127.0.0.1', ready));
	const { port } = rude.address() as AddressInfo;
	expect(await smtp(at(port), 'samrad@sunnoy.example')(letter)).toEqual({ state: 'later' });
	await new Promise((closed) => rude.close(closed));
});

test('nobody there: later', async () => {
	server = await startMailServer();
	const { port } = server;
	await server.stop();
	server = null;
	expect(await smtp(at(port), 'samrad@sunnoy.example')(letter)).toMatchObject({ state: 'later' });
});

test('a name and a password are shown where they are wanted; wrong ones are no fault of the letter', async () => {
	server = await startMailServer({ auth: 'post:løyndom' });
	expect(await send(letter, { user: 'post', password: 'løyndom' })).toEqual({ state: 'sent' });
	expect(await send(letter, { user: 'post', password: 'feil' })).toEqual({
		state: 'later',
		reply: 535
	});
});

test('to another machine nothing goes without TLS', async () => {
	server = await startMailServer();
	const elsewhere = { ...at(server.port), host: '127.0.0.2' };
	const reached = await smtp(elsewhere, 'samrad@sunnoy.example')(letter);
	expect(reached.state).toBe('later');
	expect(server.offered).toBe(0);
});

test('nothing in a header can begin another, and nobody else is written to', async () => {
	server = await startMailServer();
	const bad = 'x\r\nBcc: other@sunnoy.example\r\n\r\nBody';
	await send({ ...letter, subject: bad, to: { name: bad, address: 'kari@sunnoy.example' } });
	const lines = head(server.taken[0] ?? '');
	expect(lines.filter((line) => /^bcc:/i.test(line))).toEqual([]);
	expect(lines.filter((line) => /^to:/i.test(line))).toHaveLength(1);
	const twice = { name: 'Kari', address: 'kari@sunnoy.example\r\nRCPT TO:<other@sunnoy.example>' };
	expect((await send({ ...letter, to: twice })).state).toBe('refused');
	expect(server.taken).toHaveLength(1);
});

test('in the demo a letter is a file that only its owner reads', async () => {
	const path = mkdtempSync(join(tmpdir(), 'samrad-post-'));
	try {
		expect(await folder(path, 'samrad@sunnoy.example')(letter)).toEqual({ state: 'sent' });
		const [file = ''] = readdirSync(path);
		expect(file).toBe(`${letter.id}.eml`);
		expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
		expect(head(readFileSync(join(path, file), 'utf8'))).toContain(
			`Message-ID: <${letter.id}@sunnoy.example>`
		);
	} finally {
		rmSync(path, { recursive: true });
	}
});
