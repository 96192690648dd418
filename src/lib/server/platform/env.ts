import * as v from 'valibot';
import { isAddress } from '#lib/domain/notice.ts';

const port = v.pipe(
	v.string(),
	v.regex(/^\d{1,5}$/, 'must be a number'),
	v.transform(Number),
	v.minValue(1, 'must be 1–65535'),
	v.maxValue(65535, 'must be 1–65535')
);

/**
 * Plain http only on the machine itself: elsewhere the session's cookie would travel in the open.
 */
function isGuarded(text: string): boolean {
	const { protocol, hostname } = new URL(text);
	return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
}

const origin = v.pipe(
	v.string(),
	v.check(
		(text) => URL.canParse(text) && new URL(text).origin === text,
		'must be like https://samrad.example.no'
	),
	v.check((text) => !URL.canParse(text) || isGuarded(text), 'must be https')
);

/** An SMTP server as a URL. */
const smtp = v.pipe(
	v.string(),
	v.check(isSmtp, 'must be like smtp://user:password@mail.example.no:587, or smtps://'),
	v.transform((text): SmtpServer => {
		const { protocol, hostname, port, username, password } = new URL(text);
		const secure = protocol === 'smtps:';
		return {
			host: hostname,
			port: Number(port) || (secure ? 465 : 587),
			secure,
			user: username === '' ? null : decodeURIComponent(username),
			password: username === '' ? null : decodeURIComponent(password)
		};
	})
);

function isSmtp(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, pathname, search, hash } = new URL(text);
	const bare = (pathname === '' || pathname === '/') && search === '' && hash === '';
	return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && bare;
}

const variables = v.object({
	PORT: v.optional(port, '3000'),
	SAMRAD_DATA: v.optional(v.pipe(v.string(), v.nonEmpty('must name a folder')), 'data'),
	ORIGIN: v.optional(origin),
	SAMRAD_MODE: v.optional(v.picklist(['demo', 'production'], 'must be demo or production')),
	SAMRAD_METRICS_TOKEN: v.optional(
		v.pipe(v.string(), v.minLength(16, 'must have 16 characters or more'))
	),
	SAMRAD_CLOCK: v.optional(v.pipe(v.string(), v.isoTimestamp('must be like 2026-11-23T08:00:00Z'))),
	SAMRAD_COPIES: v.optional(v.picklist(['on', 'off'], 'must be on or off'), 'on'),
	SAMRAD_SMTP: v.optional(smtp),
	SAMRAD_MAIL_FROM: v.optional(
		v.pipe(v.string(), v.check(isAddress, 'must be like samrad@example.no'))
	)
});

export interface SmtpServer {
	host: string;
	port: number;
	/** TLS from the beginning; else by STARTTLS. */
	secure: boolean;
	user: string | null;
	password: string | null;
}

export interface Environment {
	mode: 'demo' | 'production';
	/** Folder of the database and its backups. */
	data: string;
	/**
	 * Where browsers reach us, in production; in demo mode the page's own loopback address will do.
	 */
	origin: string | null;
	/** What a collector of metrics shows to be let in; null: nobody is. */
	metricsToken: string | null;
	/** Demo only: the moment that it is at start, milliseconds since 1970. */
	clock: number | null;
	/** Whether browsers may keep copies of documents for the time without a net. */
	copies: boolean;
	/**
	 * Production only: the server that takes our mail, and the address it comes from; null: none
	 * goes out.
	 */
	mail: { server: SmtpServer; from: string } | null;
}

/** Reads the environment once, at start. Throws one sentence that names the variable. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
	const read = v.safeParse(variables, source);
	if (!read.success) {
		const issue = read.issues[0];
		throw new Error(`The environment variable ${v.getDotPath(issue) ?? '?'} ${issue.message}.`);
	}
	const { SAMRAD_MODE, SAMRAD_DATA, ORIGIN, SAMRAD_CLOCK, SAMRAD_COPIES, SAMRAD_METRICS_TOKEN } =
		read.output;
	const { SAMRAD_SMTP: server, SAMRAD_MAIL_FROM: from } = read.output;
	const mode = SAMRAD_MODE ?? (ORIGIN ? 'production' : 'demo');
	if (mode === 'production' && !ORIGIN)
		throw new Error('The environment variable ORIGIN must be set in production.');
	if (mode === 'production' && SAMRAD_CLOCK)
		throw new Error(
			'The environment variable SAMRAD_CLOCK is for the demo; production keeps real time.'
		);
	if (mode === 'demo' && server)
		throw new Error(
			'The environment variable SAMRAD_SMTP is for production; the demo puts its mail into files.'
		);
	if (server && !from)
		throw new Error('The environment variable SAMRAD_MAIL_FROM must be set with SAMRAD_SMTP.');
	return {
		mode,
		data: SAMRAD_DATA,
		origin: ORIGIN ?? null,
		metricsToken: SAMRAD_METRICS_TOKEN ?? null,
		clock: SAMRAD_CLOCK ? Date.parse(SAMRAD_CLOCK) : null,
		copies: SAMRAD_COPIES === 'on',
		mail: server && from ? { server, from } : null
	};
}
