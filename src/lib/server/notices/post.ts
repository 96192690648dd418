import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpServer } from '#lib/server/platform/env.ts';
import * as log from '#lib/server/platform/log.ts';

/* How a letter leaves the house. */

export interface Letter {
	/** Of the notice: names it once and for all, however often it is tried. */
	id: string;
	to: { name: string; address: string };
	subject: string;
	text: string;
	/** An iCalendar file that goes with it. */
	calendar: string | null;
	/** Where the receiver says that no more of the kind is wanted, with one click (RFC 8058). */
	unsubscribe: string;
	/** Milliseconds since 1970. */
	at: number;
}

/**
 * What became of it. `later`: it was not taken, and can be tried again. `refused`: it never will
 * be. `uncertain`: it may have been taken, and must not be sent again. `reply` is the mail
 * server's number.
 */
export type Delivery =
	| { state: 'sent' }
	| { state: 'later'; reply?: number }
	| { state: 'refused'; reply?: number }
	| { state: 'uncertain' };

export type Post = (letter: Letter) => Promise<Delivery>;

/**
 * The letter as it travels. Every value of a header is encoded: what is in one cannot begin
 * another.
 */
function compose(letter: Letter, from: string): Promise<Buffer> {
	const { id, to, subject, text, calendar, unsubscribe, at } = letter;
	return new MailComposer({
		from: { name: 'Samråd', address: from },
		to,
		subject,
		text,
		date: new Date(at),
		messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
		headers: {
			'Auto-Submitted': 'auto-generated',
			'List-Unsubscribe': `<${unsubscribe}>`,
			'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
		},
		...(calendar === null
			? {}
			: { icalEvent: { method: 'PUBLISH', filename: 'samrad.ics', content: calendar } }),
		disableFileAccess: true,
		disableUrlAccess: true
	})
		.compile()
		.build();
}

/** Into a folder, a file each: for the demo, whose people have no mailboxes. */
export function folder(path: string, from: string): Post {
	return async (letter) => {
		const message = await compose(letter, from);
		try {
			mkdirSync(path, { recursive: true, mode: 0o700 });
			writeFileSync(join(path, `${letter.id}.eml`), message, { mode: 0o600 });
			return { state: 'sent' };
		} catch (fault) {
			log.fault('notices.folder', fault);
			return { state: 'later' };
		}
	};
}

/**
 * Milliseconds until the server has greeted, and for each of its answers: one that looks a
 * message through takes its time.
 */
const patience = { greeting: 20_000, answer: 120_000 };

/** To a mail server. Without TLS only on this machine. */
export function smtp(server: SmtpServer, from: string): Post {
	const { host, port, secure } = server;
	const local = host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
	return async (letter) => {
		const message = await compose(letter, from);
		const connection = new SMTPConnection({
			host: host.replace(/^\[|\]$/g, ''),
			port,
			secure,
			requireTLS: !secure && !local,
			ignoreTLS: local,
			connectionTimeout: patience.greeting,
			greetingTimeout: patience.greeting,
			socketTimeout: patience.answer,
			logger: false
		});
		try {
			return await deliver(connection, server, { from, to: letter.to.address }, message);
		} finally {
			connection.close();
		}
	};
}

interface SmtpFault extends Error {
	responseCode?: number;
	code?: string;
}

function deliver(
	connection: SMTPConnection,
	{ user, password }: SmtpServer,
	envelope: { from: string; to: string },
	message: Buffer
): Promise<Delivery> {
	let handedOver = false;
	/**
	 * Asked for its first byte when the server has said that it takes the message, and not before.
	 */
	const body = Readable.from(
		(function* () {
			handedOver = true;
			yield message;
		})()
	);
	return new Promise((resolve) => {
		const fail = (fault: SmtpFault) => resolve(meaningOf(fault, handedOver));
		const send = () =>
			connection.send(envelope, body, (fault) => {
				if (fault) return fail(fault);
				connection.quit();
				resolve({ state: 'sent' });
			});
		connection.once('error', fail);
		connection.on('error', () => {});
		connection.connect((fault) => {
			if (fault) fail(fault);
			else if (user === null) send();
			else
				connection.login({ user, credentials: { user, pass: password ?? '' } }, (no) =>
					no ? fail(no) : send()
				);
		});
	});
}

/**
 * A server that answers no has not taken it: for good (5xx), or for now (4xx). When the line is
 * cut after the message began to be handed over, it may have been taken all the same. What goes
 * wrong before the message is about us, not about it (the password among such things): it can be
 * tried again.
 */
function meaningOf({ responseCode, code }: SmtpFault, handedOver: boolean): Delivery {
	const reply = responseCode === undefined ? {} : { reply: responseCode };
	if (responseCode !== undefined && (code === 'EENVELOPE' || code === 'EMESSAGE'))
		return { state: responseCode >= 500 ? 'refused' : 'later', ...reply };
	if (code === 'EENVELOPE') return { state: 'refused' };
	return handedOver && responseCode === undefined
		? { state: 'uncertain' }
		: { state: 'later', ...reply };
}
