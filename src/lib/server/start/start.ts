import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Close } from '#lib/domain/wire.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as renewal from '#lib/server/audit/renewal.ts';
import * as seals from '#lib/server/audit/seals.ts';
import { readToken } from '#lib/server/auth/cookie.ts';
import * as sessions from '#lib/server/auth/session.ts';
import * as commands from '#lib/server/command/commands.ts';
import { closeDatabase, connect, sqlite, use } from '#lib/server/db/index.ts';
import { migrate, readMigrations } from '#lib/server/db/migrate.ts';
import { loadDemo } from '#lib/server/demo/load.ts';
import * as erasures from '#lib/server/erasures/finishing.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { openDoor } from '#lib/server/live/upgrade.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as supplements from '#lib/server/municipality/supplements.ts';
import { folder, smtp } from '#lib/server/notices/post.ts';
import * as rounds from '#lib/server/notices/rounds.ts';
import * as history from '#lib/server/operation/history.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { type Environment, readEnvironment } from '#lib/server/platform/env.ts';
import * as log from '#lib/server/platform/log.ts';
import * as search from '#lib/server/search-index/upkeep.ts';
import * as documents from './documents.ts';

/*
 * Start: environment, database, demo, sockets' door. The door hangs on globalThis because Kit
 * gives no other way to the HTTP server: `vite dev` and src/server.js hand it their upgrade
 * events.
 */
const doorKey = Symbol.for('samrad.upgrade');
const closeKey = Symbol.for('samrad.close');
type Hooks = Record<symbol, unknown>;

let environment: Environment | null = null;

export function env(): Environment {
	if (!environment) throw new Error('Not started yet.');
	return environment;
}

export async function start(): Promise<void> {
	const hooks = globalThis as Hooks;
	// After a hot reload the former instance's rooms and database are closed before new ones open.
	const former = hooks[closeKey];
	if (typeof former === 'function') await former();
	environment = readEnvironment(process.env);
	if (environment.clock !== null) clock.set(environment.clock);
	openDatabase(environment.data);
	supplements.supply();
	documents.register();
	search.prepare();
	erasures.finish();
	if (environment.mode === 'demo' && loadDemo()) log.info('demo.loaded');
	audit.begin();
	hooks[doorKey] = openDoor({ identify, origin: isOwnOrigin, alive: sessions.isAlive });
	hooks[closeKey] = close;
	history.begin();
	commands.begin((fault) => log.fault('command.old', fault));
	openOffice(environment);
	log.info('started', { mode: environment.mode });
}

function openDatabase(folder: string): void {
	const data = resolve(folder);
	mkdirSync(data, { recursive: true, mode: 0o700 });
	const database = connect(join(data, 'samrad.db'));
	use(database);
	migrate(database, readMigrations(resolve('drizzle')), renewal);
}

/** Mail goes to the server that is named; in the demo into files, of which nobody is to get any. */
function openOffice({ mode, data, mail }: Environment): void {
	const demo = () => folder(join(resolve(data), 'outbox'), 'samrad@sunnoy.example');
	if (mode === 'demo') rounds.begin({ post: demo(), origin: address() });
	else if (mail) rounds.begin({ post: smtp(mail.server, mail.from), origin: address() });
}

/** Where mail goes from here. */
export function mailMode(): 'off' | 'files' | 'out' {
	if (!rounds.isOpen()) return 'off';
	return env().mode === 'demo' ? 'files' : 'out';
}

/** Under which people reach us. In development nobody has said it: Vite's own. */
export function address(): string {
	return env().origin ?? 'http://127.0.0.1:5173';
}

/** Flushes and closes every socket, then the database. */
async function close(): Promise<void> {
	history.end();
	commands.end();
	rooms.closeAll(Close.restart);
	await rounds.end();
	seals.tell();
	seals.end();
	closeDatabase();
}

/** Whether pages, sockets and storage are all there. */
export function isReady(): boolean {
	return sqlite().prepare('SELECT 1').pluck().get() === 1 && rooms.ready();
}

/** Whether connections to us are encrypted: decides the name and the Secure flag of the cookie. */
export function isSecure(): boolean {
	return env().origin?.startsWith('https:') ?? false;
}

function identify(request: { headers: { cookie?: string | undefined } }) {
	const session = sessions.find(readToken(request.headers.cookie, isSecure()));
	const person = session && people.find(session.person);
	return person ? { person: person.id, name: person.name, session: session.id } : null;
}

function isOwnOrigin(request: {
	headers: { origin?: string | undefined; host?: string | undefined };
}) {
	const ours = env().origin ?? `http://${request.headers.host}`;
	return request.headers.origin === ours;
}
