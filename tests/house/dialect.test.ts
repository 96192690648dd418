import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from './imports.js';

/*
 * Words that the code once had for things which the field and other engineers call otherwise
 * (docs/renamed.md). Only identifiers are looked at: what is stored or linked keeps its words, and
 * so does SQL.
 */
const dialect = new Set(
	`asker Thing thingOf thingName itemThing Deed CaseDeed caseDeeds caseDeedsFrom RulingDeed
	rulingDeeds rulingDeedsFrom assertRulingDeed loneDeeds forumDeed DeedForm deedName deedOf oneDeed
	keyDeed altDeed courseStep courseWord courseWords CourseStep Course course courses Fate Fates fate
	BecameFilter becameFilters Became council councilMeeting openCouncil inCouncil useCouncil councils
	ofCouncil CouncilText councilTexts recommendationTexts loss Loss Losses lossesIn ledger Ledger
	Leftover leftover Salvage salvage shelf Shelf callJudge presentJudge fetchJudge Threshold
	threshold Bucket bucket burden mostBurden burdenOf TooContested Pace News readNews DocumentKeeper
	keeperOf Tie untie chainLists ChainList chainOf chainForms loadChain ItemChain Led ledToNothing
	cameOf readsWhatCame WorkList WorkInput ProposedWork worksOf Works LedTo UrgentFew WayOfRuling
	wayOf Desk urgents clearances impartiality proceedings`.split(/\s+/)
);

const files = globSync('{src,tests,drizzle}/**/*.{ts,js,svelte}', { cwd: root }).filter(
	(file) => !/paraglide|fixtures|planted|bench\/peers|dialect\.test/.test(file)
);

/** Identifiers of a text in TypeScript; of a component those of its script. */
function identifiersIn(file: string, text: string): Set<string> {
	const code = file.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
				.map(([, script]) => script)
				.join('\n')
		: text;
	const found = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) found.add(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest));
	return found;
}

const dialectIn = (file: string, text: string) =>
	[...identifiersIn(file, text)].filter((name) => dialect.has(name));

const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('no identifier is of the old dialect', () => {
	expect(files.length).toBeGreaterThan(600);
	const found = files.flatMap((file) =>
		dialectIn(file, read(file)).map((name) => `${file}: ${name}`)
	);
	expect(found).toEqual([]);
});

test('a planted one is found, in a component too; a word in a string or a comment is none', () => {
	expect(dialectIn('a.ts', 'const asker = 1; // the deed\n')).toEqual(['asker']);
	expect(dialectIn('a.svelte', '<script lang="ts">\n\tlet shelf = 1;\n</script>\n')).toEqual([
		'shelf'
	]);
	expect(dialectIn('a.ts', "const a = 'to_council council asker';\n")).toEqual([]);
});

test('no literal is spread only to keep the formatter from laying it out', () => {
	const spread = files.filter((file) => /\.\.\.\{ \w/.test(read(file)));
	expect(spread).toEqual([]);
});

test('comments keep within 100 columns', () => {
	const long = files.flatMap((file) =>
		read(file)
			.split('\n')
			.map((line) => line.replaceAll('\t', '  '))
			.filter((line) => line.length > 100 && /^\s*(\/\/|\*|\/\*|<!--)/.test(line))
			.map((line) => `${file}: ${line.trim().slice(0, 60)}`)
	);
	expect(long).toEqual([]);
});
