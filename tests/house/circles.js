import path from 'node:path';
import { eachImport, importsOf, inProject, resolveImport } from './imports.js';

/**
 * The way from one file to another along their imports; null when there is none.
 * @param {string} start in the project
 * @param {string} goal in the project
 * @param {Set<string>} elsewhere files that are known not to lead to the goal; those that are
 * found out are added
 * @returns {string[] | null}
 */
export function wayBetween(start, goal, elsewhere = new Set()) {
	if (elsewhere.has(start)) return null;
	/** @type {Map<string, string | null>} */
	const cameFrom = new Map([[start, null]]);
	for (const file of cameFrom.keys()) {
		if (file === goal) return trail(file, cameFrom);
		for (const next of importsOf(file)) {
			if (!cameFrom.has(next) && !elsewhere.has(next)) cameFrom.set(next, file);
		}
	}
	for (const file of cameFrom.keys()) elsewhere.add(file);
	return null;
}

/** @param {string} end @param {Map<string, string | null>} cameFrom */
function trail(end, cameFrom) {
	const steps = [];
	for (let step = /** @type {string | null} */ (end); step; step = cameFrom.get(step) ?? null)
		steps.unshift(step);
	return steps;
}

/**
 * No circles: nobody imports, by however many steps, somebody who imports them. Types count:
 * whose shape a thing is should be
 * as plain as who calls whom. A component may name itself, for trees.
 * @type {import('eslint').Rule.RuleModule}
 */
export const noCircle = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const self = inProject(path.resolve(context.cwd, context.filename));
		/**
		 * @type {Set<string>} What one import does not lead back through, the next need not look at.
		 */
		const elsewhere = new Set();
		return eachImport((node, specifier) => {
			const target = resolveImport(specifier, self);
			if (target === null || target === self) return;
			const way = wayBetween(target, self, elsewhere);
			if (way) context.report({ node, message: `A circle: ${[self, ...way].join(' → ')}.` });
		});
	}
};
