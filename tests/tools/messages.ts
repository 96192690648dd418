import { createHash, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

/*
 * Makes the texts in three languages into code, unless what is there was made of just these texts
 * and has not been touched since:
 * with its types it takes ten seconds, longer than most tests of one thing.
 */

const project = 'src/lib/i18n/project.inlang';
const outdir = 'src/lib/i18n/paraglide';
const sources = ['package-lock.json', 'src/lib/i18n/messages', join(project, 'settings.json')];
/** What was made of what, in one number. */
const stamp = '.svelte-kit/messages.sha256';

/** For Vitest too, before the tests of a run. */
export default async function makeMessages(): Promise<void> {
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest()) return;
	await compile({
		project: `./${project}`,
		outdir: `./${outdir}`,
		strategy: ['custom-person', 'baseLocale'],
		outputStructure: 'locale-modules',
		emitTsDeclarations: true
	});
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, digest());
}

function digest(): string {
	const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
	for (const path of [...sources, outdir]) add(hash, path);
	return hash.digest('hex');
}

function add(hash: Hash, path: string): void {
	if (!existsSync(path)) return;
	if (statSync(path).isDirectory())
		for (const name of readdirSync(path).sort()) add(hash, join(path, name));
	else hash.update(`${path}\0`).update(readFileSync(path));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeMessages();
