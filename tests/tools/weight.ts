import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * What a page weighs: the JavaScript that a browser fetches for it, in bytes as served. Reads the
 * finished build; fails when a page is too heavy, an asset lacks its compressed twin, or
 * something would fetch a font or a picture from elsewhere.
 */

/** Vite's manifest of the client: one entry a chunk. */
export type Manifest = Record<
	string,
	{ file: string; name?: string; imports?: string[]; dynamicImports?: string[] }
>;

/**
 * A route as Kit's server manifest has it. Numbers are those of its nodes; there are holes where
 * a level has none.
 */
export interface Route {
	id: string;
	page: { layouts: (number | undefined)[]; errors: (number | undefined)[]; leaf: number } | null;
}

export interface Weight {
	route: string;
	/** Bytes that come with the page. */
	first: number;
	/** Bytes that it may fetch on top, later. */
	later: number;
	/** Bytes that it may weigh; what comes later counts where the editor is. */
	limit: number;
	tooHeavy: boolean;
}

const kilobyte = 1000;
/** 60, and what every form is made of (4 kB): docs/decisions/0033. */
const plainLimit = 64 * kilobyte;
/**
 * The aim is 190. The rules that judge what somebody writes (6 kB) came on top:
 * docs/decisions/0031. So did what keeps the words of a form (3 kB): docs/decisions/0033.
 */
const editorLimit = 199 * kilobyte;
/** The page with the most forms beside each other, all of which work without scripts. */
const caseRoute = '/cases/[code]';
const caseLimit = 66 * kilobyte;
const editorRoute = '/meetings/[id]/[[item]]';
/**
 * Parts of the meeting page that most meetings do not show: while it runs or for those who lead
 * it, in review, on a forum day, without an item, when it has actions, when an edit was refused
 * or stopped, at a case, or a button pressed, or in a form that somebody writes in; and what is
 * needed for a time without a net, which comes when the page is there already.
 */
export const ofSomeStates =
	/\/(?:Running|Corrections|Proposals|Attendance|WaitingCases|MeetingLog|RenameCase|ItemProceedings|ActionList|ActionForm|LinkField|UnsavedWords|EraseForm|ErasedLines|KeepCopy|DecisionForm|ItemDecisions|Authorship|DamageNotices|SinceLast|UrgentNotice|ItemProgress|CasePanel|Steps|SigningOut|PutCase|IdentifierStopped|Form|Field)\.svelte$|\/(?:session\.svelte|open-forms|unsent-copies)\.svelte$|\/form-aids\.ts$|\/live\/(?:unsaved|copies)\/[\w.-]+\.ts$/;
/** The pages that are opened with the editor on them: it is part of what they load at once. */
const editorRoutes = [editorRoute, '/talks/[id]'];

/** The weight of every page, heaviest first. `sizeOf` knows the bytes of a built file as served. */
export function weigh(
	routes: Route[],
	manifest: Manifest,
	sizeOf: (file: string) => number
): Weight[] {
	const chunk = (name: string) => {
		const key = Object.keys(manifest).find((key) => manifest[key]?.name === name);
		if (!key) throw new Error(`The client's manifest has no chunk called ${name}.`);
		return key;
	};
	const bytes = (keys: Iterable<string>) =>
		[...new Set([...keys].map((key) => manifest[key]?.file ?? ''))]
			.filter((file) => file.endsWith('.js'))
			.reduce((sum, file) => sum + sizeOf(file), 0);
	const start = reach(manifest, [chunk('entry/start'), chunk('entry/app')], false);

	return routes
		.flatMap(({ id, page }) => {
			if (!page) return [];
			const numbers = [...page.layouts, ...page.errors, page.leaf];
			const nodes = numbers
				.filter((number) => number !== undefined)
				.map((number) => chunk(`nodes/${number}`));
			const own = reach(manifest, nodes, false);
			const all = reach(manifest, nodes, true);
			const first = bytes([...start, ...own]);
			const later = bytes([...start, ...all]) - first;
			const route = id.replace(/\/\([^)]+\)/g, '') || '/';
			const editor = editorRoutes.includes(route);
			const plain = route === caseRoute ? caseLimit : plainLimit;
			const limit = editor ? editorLimit : plain;
			const tooHeavy = first + (editor ? later : 0) > limit;
			return [{ route, first, later, limit, tooHeavy }];
		})
		.sort((a, b) => b.first + b.later - a.first - a.later);
}

/**
 * Everything that these chunks import, themselves among them; with what they import when asked,
 * if `lazy`.
 */
function reach(manifest: Manifest, keys: string[], lazy: boolean): Set<string> {
	const found = new Set(keys);
	for (const key of found) {
		for (const next of manifest[key]?.imports ?? []) found.add(next);
		if (!lazy) continue;
		for (const next of manifest[key]?.dynamicImports ?? [])
			if (!isOfSomeStates(next, manifest[next]?.name)) found.add(next);
	}
	return found;
}

/** A component that other pages import at once has a chunk of its own, known by its name only. */
function isOfSomeStates(key: string, name: string | undefined): boolean {
	return ofSomeStates.test(key) || ofSomeStates.test(`/${name}.svelte`);
}

const assetElsewhere =
	/(?:https?:)?\/\/[\w.-]+\/[^\s"'`)<>\\]*\.(?:woff2?|ttf|otf|eot|png|jpe?g|gif|svg|webp|avif|ico)\b/i;
const urlElsewhere = /(?:url\(|@import)\s*["']?\s*(?:https?:)?\/\/[^\s"')]+/i;

/** The first font or picture that a text would fetch from another host; null when there is none. */
export function fetchedElsewhere(file: string, text: string): string | null {
	const pattern = file.endsWith('.css') ? urlElsewhere : assetElsewhere;
	return pattern.exec(text)?.[0] ?? null;
}

const root = join(fileURLToPath(import.meta.url), '../../..');
const client = join(root, 'build/client');

function filesUnder(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** Bytes of a client's file as a browser gets it. */
function served(file: string): number {
	const twin = ['.br', '.gz', ''].map((end) => join(client, file + end)).find(existsSync);
	if (!twin) throw new Error(`build/client has no ${file}: run npm run build.`);
	return statSync(twin).size;
}

/** Scripts and styles over 1 kB without a compressed twin. */
function uncompressed(): string[] {
	return filesUnder(join(client, '_app/immutable')).filter(
		(file) =>
			/\.(js|css)$/.test(file) &&
			statSync(file).size > 1024 &&
			!(existsSync(`${file}.br`) && existsSync(`${file}.gz`))
	);
}

async function readBuild(): Promise<{ routes: Route[]; manifest: Manifest }> {
	const output = join(root, '.svelte-kit/output');
	const clientManifest = join(output, 'client/.vite/manifest.json');
	const serverManifest = join(output, 'server/manifest-full.js');
	if (!existsSync(client) || !existsSync(clientManifest) || !existsSync(serverManifest))
		throw new Error('There is no build to weigh: run npm run build.');
	const { manifest: kit } = await import(pathToFileURL(serverManifest).href);
	return { routes: kit._.routes, manifest: JSON.parse(readFileSync(clientManifest, 'utf8')) };
}

function inKilobytes(bytes: number): string {
	return (bytes / kilobyte).toFixed(1).padStart(7);
}

async function main(): Promise<string[]> {
	const { routes, manifest } = await readBuild();
	const weights = weigh(routes, manifest, served);
	console.log('     kB  + later    limit  page (JavaScript, compressed as served)');
	for (const { route, first, later, limit, tooHeavy } of weights) {
		const mark = tooHeavy ? '  too heavy' : '';
		const columns = [first, later, limit].map(inKilobytes).join('  ');
		console.log(`${columns}  ${route}${mark}`);
	}
	const name = (file: string) => relative(root, file);
	const built = filesUnder(join(root, 'build')).filter((file) => /\.(js|css|html)$/.test(file));
	return [
		...(weights.some(({ route }) => route === editorRoute)
			? []
			: [`There is no page ${editorRoute} to weigh.`]),
		...weights
			.filter(({ tooHeavy }) => tooHeavy)
			.map(({ route, limit }) => `${route} is over ${limit / kilobyte} kB.`),
		...uncompressed().map((file) => `${name(file)} lacks a compressed twin.`),
		...built.flatMap((file) => {
			const found = fetchedElsewhere(file, readFileSync(file, 'utf8'));
			return found ? [`${name(file)} fetches from elsewhere: ${found}`] : [];
		})
	];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const complaints = await main().catch((error: Error) => [error.message]);
	for (const complaint of complaints) console.error(complaint);
	process.exitCode = complaints.length > 0 ? 1 : 0;
}
