import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The project's folder. Paths below are relative to it, with forward slashes:
 * 'src/lib/domain/may.ts'.
 */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {string} file absolute */
export function inProject(file) {
	return path.relative(root, file).split(path.sep).join('/');
}

/**
 * The file that an import means; null for a package, a Node module or one of Kit's own names.
 * @param {string} specifier
 * @param {string} from the importing file, in the project
 */
export function resolveImport(specifier, from) {
	const bare = specifier.replace(/\?.*$/, '');
	if (bare.startsWith('#lib/')) return path.posix.join('src/lib', bare.slice('#lib/'.length));
	if (/^\.\.?(\/|$)/.test(bare)) return path.posix.join(path.posix.dirname(from), bare);
	return null;
}

/**
 * Calls back for everything in a file that brings in another: import, export … from, import(),
 * import('…') as a type.
 * @param {(node: any, specifier: string) => void} found
 * @returns {import('eslint').Rule.RuleListener}
 */
export function eachImport(found) {
	/** @param {any} node */
	const check = (node) => {
		const source = node.source?.type === 'TSLiteralType' ? node.source.literal : node.source;
		if (typeof source?.value === 'string') found(source, source.value);
	};
	return {
		ImportDeclaration: check,
		ExportNamedDeclaration: check,
		ExportAllDeclaration: check,
		ImportExpression: check,
		TSImportType: check
	};
}

/** @type {Map<string, { changed: number, imports: string[] }>} */
const read = new Map();
/**
 * Milliseconds for which a file is not looked at again: a lint asks for each of them a thousand
 * times, an editor now and then.
 */
const fresh = 1_000;
/** @type {Map<string, { imports: string[], until: number }>} */
const asked = new Map();

/**
 * What a file on disk imports of this project. Empty when there is no such file.
 * @param {string} file in the project
 * @returns {string[]}
 */
export function importsOf(file) {
	const now = Date.now();
	const last = asked.get(file);
	if (last && now < last.until) return last.imports;
	const imports = readImports(file);
	asked.set(file, { imports, until: now + fresh });
	return imports;
}

/** @param {string} file */
function readImports(file) {
	const absolute = path.join(root, file);
	const stat = statSync(absolute, { throwIfNoEntry: false });
	if (!stat?.isFile() || !/\.(ts|js|svelte)$/.test(file)) return [];
	const known = read.get(file);
	if (known?.changed === stat.mtimeMs) return known.imports;
	const imports = specifiersIn(readFileSync(absolute, 'utf8'))
		.map((specifier) => resolveImport(specifier, file))
		.filter((target) => target !== null);
	read.set(file, { changed: stat.mtimeMs, imports });
	return imports;
}

/**
 * Every import in a text, TypeScript or Svelte. Whole parsers are slow; imports are plain enough
 * to be read as text.
 * @param {string} text
 * @returns {string[]}
 */
export function specifiersIn(text) {
	const code = text.replace(/^\s*(\/\/.*$|\/\*[\s\S]*?\*\/)/gm, '');
	const patterns = [
		/(?:^|[\s;}>])(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
		/(?:^|[\s;}>])import\s*['"]([^'"]+)['"]/g,
		/\bimport\(\s*['"]([^'"]+)['"]/g
	];
	return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}
