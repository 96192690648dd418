import type { Plugin } from 'vite';

/**
 * Selectors of the design system that ask something of every ancestor of a field or a table
 * (`:has(label) .ds-input`), with what stands in their place (docs/decisions/0037).
 */
export const askEverywhere: readonly (readonly [selector: string, instead: string])[] = [
	[':has(label):not(:has(label:hover)) ', ''],
	[':not(:has(tfoot)) ', ''],
	[':not(:has(thead)) ', ''],
	['body:has(.ds-dialog:modal)', '.ds-dialog:not(*)']
];

/**
 * Rewrites them in all style sheets of the build. A selector that none of them has any more fails
 * the build: the design system has moved, and what it says now may be as dear.
 */
export function calmSelectors(): Plugin {
	const found = new Set<string>();
	const postcss = {
		postcssPlugin: 'samrad-calm-selectors',
		Rule(rule: { selector: string }) {
			for (const [selector, instead] of askEverywhere) {
				if (!rule.selector.includes(selector)) continue;
				found.add(selector);
				rule.selector = rule.selector.replaceAll(selector, instead);
			}
		}
	};
	return {
		name: 'samrad-calm-selectors',
		config: () => ({ css: { postcss: { plugins: [postcss] } } }),
		buildEnd(error) {
			if (error || this.environment.mode !== 'build') return;
			const missing = askEverywhere.map(([selector]) => selector).filter((one) => !found.has(one));
			if (missing.length > 0)
				this.error(
					`The design system has moved: no style sheet has ${missing.map((one) => `"${one.trim()}"`).join(', ')} (docs/decisions/0037).`
				);
		}
	};
}
