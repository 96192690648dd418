import path from 'node:path';
import { eachImport, importsOf, inProject, resolveImport } from './imports.js';

/**
 * The way from one file to another along their imports; null when there is none.
 * @param {string} start in the project
 * @param {string} goal in the project
 * @returns {string[] | null}
 */
export function wayBetween(start, goal) {
	/** @type {Map<string, string | null>} */
	const cameFrom = new Map([[start, null]]);
	for (const file of cameFrom.keys()) {
		if (file === goal) return trail(file, cameFrom);
		for (const next of importsOf(file)) {
			if (!cameFrom.has(next)) cameFrom.set(next, file);
		}
	}
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
 * No circles: nobody imports, by however many steps, somebody who imports them. Types count: whose shape a thing is should be
 * as plain as who calls whom. A component may name itself, for trees.
 * @type {import('eslint').Rule.RuleModule}
 */
export const noCircle = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const self = inProject(path.resolve(context.cwd, context.filename));
		return eachImport((node, specifier) => {
			const target = resolveImport(specifier, self);
			if (target === null || target === self) return;
			const way = wayBetween(target, self);
			if (way) context.report({ node, message: `A circle: ${[self, ...way].join(' → ')}.` });
		});
	}
};
