/*
 * What is private to a library may go with any of its releases. These are what we use all the
 * same, each with the decision that says why, and what fails when the library moves.
 */

/** Members, wherever they are read or set. */
const members = new Map([
	['_item', '0039'],
	['_map', '0039'],
	['_start', '0039'],
	['_observers', '0039']
]);

/** Methods that are replaced for the whole process. */
const patches = new Map([['Y.Item.prototype.integrate', '0035']]);

/**
 * Nothing reaches into a library beyond what is listed above, and nobody else's prototype is
 * written to. The house's
 * own private members begin with `#`.
 * @type {import('eslint').Rule.RuleModule}
 */
export const keepOutOfLibraries = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const seen = (/** @type {any} */ node, /** @type {any} */ key) => {
			if (key?.type !== 'Identifier' || !key.name.startsWith('_') || members.has(key.name)) return;
			const message = `${key.name} is private to its library: do without, or give it a decision and a guard (docs/decisions/0039).`;
			context.report({ node, message });
		};
		return {
			MemberExpression(node) {
				if (!node.computed) seen(node, node.property);
			},
			'ObjectPattern > Property'(/** @type {any} */ node) {
				if (!node.computed) seen(node, node.key);
			},
			AssignmentExpression({ left }) {
				if (left.type !== 'MemberExpression') return;
				const target = context.sourceCode.getText(left);
				if (!/\.prototype\b/.test(target) || patches.has(target)) return;
				const message = `${target} is replaced for the whole process: give it a decision and a guard (docs/decisions/0039).`;
				context.report({ node: left, message });
			}
		};
	}
};
