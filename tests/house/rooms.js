import { isBuiltin } from 'node:module';
import path from 'node:path';
import { eachImport, inProject, resolveImport } from './imports.js';

/**
 * The rooms of docs/HOUSE.md, and what each may import of the others. A file belongs to the first
 * room that fits.
 * `only`: the packages that it may use at all. `outside`: code that never reaches a browser.
 * @type {{ name: string, at: RegExp, may: string[], only?: string[], outside?: boolean,
 * database?: boolean }[]}
 */
const rooms = [
	{
		name: 'domain',
		at: /^src\/lib\/domain\//,
		may: ['domain'],
		only: ['yjs', 'valibot', 'fractional-indexing', 'lib0']
	},
	{ name: 'i18n', at: /^src\/lib\/i18n\//, may: ['i18n'] },
	{
		name: 'server',
		at: /^src\/lib\/server\//,
		may: ['domain', 'i18n', 'server'],
		outside: true,
		database: true
	},
	{ name: 'live', at: /^src\/lib\/live\//, may: ['domain', 'live'] },
	{ name: 'ui', at: /^src\/lib\/ui\//, may: ['domain', 'i18n', 'live', 'ui'] },
	{
		name: 'doors',
		at: /^src\/routes\/.*(\.server\.ts|\+server\.ts)$/,
		may: ['domain', 'i18n', 'server', 'doors', 'pages'],
		outside: true
	},
	{ name: 'pages', at: /^src\/routes\//, may: ['domain', 'i18n', 'live', 'ui', 'pages', 'looks'] },
	{ name: 'looks', at: /^src\/[^/]+\.css$/, may: ['looks'] },
	{
		name: 'hooks',
		at: /^src\/(hooks\.server\.ts|app\.d\.ts)$/,
		may: ['domain', 'i18n', 'server'],
		outside: true
	},
	// Names the routes' forms for the type check.
	{ name: 'forms', at: /^src\/form-actions\.d\.ts$/, may: ['doors'], outside: true },
	{ name: 'start', at: /^src\/server\.js$/, may: [], outside: true },
	{ name: 'everywhere', at: /^src\/[^/]+$/, may: ['domain', 'i18n', 'live', 'ui'] }
];

/**
 * Within server one way down: nobody imports a floor above the own one. Keepers stand above them
 * all.
 */
const floors = [
	/^src\/lib\/server\/db\//,
	/^src\/lib\/server\/live\/log\.ts$/,
	/^src\/lib\/server\/live\/room\.ts$/,
	/^src\/lib\/server\/live\/rooms\.ts$/,
	/^src\/lib\/server\/live\/connection\.ts$/,
	/^src\/lib\/server\/live\/upgrade\.ts$/
];
const live = /^src\/lib\/server\/live\//;
/**
 * What every floor may stand on: the time, the log, the environment, and (for the handshake) the
 * session.
 */
const ground = /^src\/lib\/server\/platform\//;
const session = /^src\/lib\/server\/auth\/session\.ts$/;
const server = /^src\/lib\/server\//;

/**
 * The folders of a room, bottom-up: nobody imports a folder that stands later in the list than
 * their own. So there are no circles
 * between folders either. A room that is listed here has no files of its own, only folders.
 * @type {Record<string, string[]>}
 */
export const folders = {
	'src/lib/server/': [
		// What everything stands on.
		'platform',
		'db',
		'defaults',
		'municipality',
		'auth',
		'live',
		'audit',
		'command',
		'outbox',
		'search-index',
		// Keepers of the nouns.
		'forum',
		'case',
		'meeting',
		'version',
		'action',
		'case-progress',
		'talk',
		'decision',
		'matrix',
		'recommendation',
		'ruling',
		// What looks across several nouns.
		'history',
		'meeting-life',
		'search',
		'erasures',
		'notices',
		'operation',
		'register',
		'start-page',
		// What pages are made of.
		'web',
		'meeting-page',
		'demo',
		'start'
	],
	'src/lib/live/': ['unsaved', 'copies', 'events', 'document'],
	'src/lib/ui/': [
		'shared',
		'unsaved',
		'search',
		'shell',
		'editor',
		'action',
		'case',
		'decision',
		'recommendation',
		'recusal',
		'ruling',
		'case-progress',
		'erasing',
		'version',
		'figures',
		'matrix',
		'talk',
		'meeting',
		'offline',
		'forum',
		'notices',
		'operation',
		'start'
	]
};

/** Packages that have no business in a browser. */
const outsiders =
	/^(better-sqlite3|drizzle-orm|drizzle-kit|ws|nodemailer|ical-generator|openid-client|csv-stringify)(\/|$)|^@node-rs\//;
const database = /^(better-sqlite3|drizzle-orm|drizzle-kit)(\/|$)/;
const secrets = /^(\$app\/server|\$env\/(static|dynamic)\/private)$/;

const isTest = /\.(test|e2e)\.ts$/;
/** What tests beside a file share is in `testing.ts`, and nobody else's. */
const helpsTests = /(^|\/)testing\.ts$/;

/** @param {string} file in the project */
function roomOf(file) {
	return rooms.find((room) => room.at.test(file));
}

/**
 * Why `from` may not import this; null when it may.
 * @param {string} specifier
 * @param {string} from in the project
 */
export function objection(specifier, from) {
	const room = roomOf(from);
	if (specifier === '$lib' || specifier.startsWith('$lib/'))
		return `say #lib/… with the file's whole name, not ${specifier}`;
	if (!room) return null;
	const target = resolveImport(specifier, from);
	if (target && helpsTests.test(target)) return 'testing.ts is for tests';
	return target === null
		? packageObjection(specifier, room)
		: (roomObjection(target, room) ??
				folderObjection(target, from) ??
				floorObjection(target, from));
}

/**
 * The list of folders that a file is in one of, and which; null outside of such a room. @param
 * {string} file in the project
 */
function folderOf(file) {
	const room = Object.keys(folders).find((at) => file.startsWith(at));
	if (!room) return null;
	const [folder = '', inside] = file.slice(room.length).split('/');
	return { room, folder: inside === undefined ? '' : folder, list: folders[room] ?? [] };
}

/** @param {string} target @param {string} from */
function folderObjection(target, from) {
	const [own, other] = [folderOf(from), folderOf(target)];
	if (!own || !other || own.room !== other.room || own.folder === other.folder) return null;
	const rise = own.list.indexOf(other.folder) - own.list.indexOf(own.folder);
	return rise > 0 ? `${other.folder} stands above ${own.folder} (tests/house/rooms.js)` : null;
}

/** Why a file may not stand where it does; null when it may. @param {string} file in the project */
export function misplaced(file) {
	const place = folderOf(file);
	if (!place || place.list.includes(place.folder)) return null;
	return place.folder === ''
		? `in ${place.room} stands nothing but folders`
		: `${place.folder} is no folder of ${place.room}: give it a place in tests/house/rooms.js`;
}

/** @param {string} specifier @param {(typeof rooms)[number]} room */
function packageObjection(specifier, room) {
	const name = specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? specifier;
	if (room.only && !room.only.includes(name))
		return `${room.name} is pure: of packages it uses ${room.only.join(', ')}`;
	if (!room.database && database.test(specifier)) return 'the database lives in lib/server only';
	const outsider = isBuiltin(specifier) || outsiders.test(specifier) || secrets.test(specifier);
	if (!room.outside && outsider) return `${room.name} runs in browsers, where ${name} is not`;
	return null;
}

/** @param {string} target @param {(typeof rooms)[number]} room */
function roomObjection(target, room) {
	const other = roomOf(target);
	if (other && room.may.includes(other.name)) return null;
	if (!other && room.outside) return null;
	const may = room.may.length ? room.may.join(', ') : 'nothing of the house';
	return `${room.name} may import ${may}; this is ${other ? `in ${other.name}` : 'outside the house'}`;
}

/** @param {string} target @param {string} from */
function floorObjection(target, from) {
	const own = floors.findIndex((floor) => floor.test(from));
	const other = floors.findIndex((floor) => floor.test(target));
	if (!server.test(from)) {
		const deep = floors.slice(0, 3).some((floor) => floor.test(target));
		return deep && roomOf(from)?.name === 'doors'
			? 'a route asks the keepers; database, log and rooms are beneath them'
			: null;
	}
	if (!server.test(target)) return null;
	if (ground.test(from) && !ground.test(target)) return 'clock, env and log stand on nothing';
	if (ground.test(target)) return null;
	if (own === 0 && other !== 0)
		return 'db imports its schema, the domain and the ground (clock, env, log), nothing else';
	if (own >= 0 && other > own) return 'this is a floor above: keepers → rooms → room → log → db';
	const keeper = !live.test(target) && other < 0 && !session.test(target);
	return live.test(from) && keeper ? 'live is beneath the keepers and imports none of them' : null;
}

/**
 * An import keeps to its room. Tests, and what helps them, look in from outside and may import
 * what they need.
 * @type {import('eslint').Rule.RuleModule}
 */
export const keepToRoom = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const from = inProject(path.resolve(context.cwd, context.filename));
		const astray = misplaced(from);
		if (astray)
			return {
				Program: (node) => context.report({ node, message: `${astray} (docs/HOUSE.md).` })
			};
		if (isTest.test(from) || helpsTests.test(from)) return {};
		return eachImport((node, specifier) => {
			const why = objection(specifier, from);
			if (why) context.report({ node, message: `${why} (docs/HOUSE.md).` });
		});
	}
};
