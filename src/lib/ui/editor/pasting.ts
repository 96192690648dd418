import { Bold } from '@tiptap/extension-bold';
import { Italic } from '@tiptap/extension-italic';

/**
 * Puts `style` and handlers of pasted HTML out of play before it is parsed. Nothing of it could
 * do harm (the schema lets through what it knows, and the parsing document runs no script), but
 * the content security policy reports each of them. Headings become those that a text can have.
 */
export function quieten(html: string): string {
	return html
		.replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, '')
		.replace(/<\/?[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi, quietenTag);
}

function quietenTag(tag: string): string {
	return (
		tag
			.replace(/(\s|["'])style\s*=/gi, '$1 data-style=')
			.replace(/(\s|["'])on[a-z]+\s*=/gi, '$1 data-on=')
			.replace(/^<(\/?)h[12]\b/i, '<$1h3')
			.replace(/^<(\/?)h[56]\b/i, '<$1h4')
			// Google Docs wraps everything in a bold element that is not bold.
			.replace(/^<b(?=\s[^>]*font-weight:\s*normal)/i, '<span')
	);
}

const styled = (pattern: RegExp) => ({
	tag: 'span[data-style]',
	// Any number of marks may be read from one element.
	consuming: false,
	getAttrs: (element: HTMLElement) =>
		pattern.test(element.dataset.style ?? '') ? null : (false as const)
});

/** Word processors on the web write bold and italic as styles, which `quieten` has renamed. */
export const marksFromPaste = [
	Bold.extend({
		parseHTML() {
			return [...(this.parent?.() ?? []), styled(/font-weight:\s*(bold|[6-9]00)/i)];
		}
	}),
	Italic.extend({
		parseHTML() {
			return [...(this.parent?.() ?? []), styled(/font-style:\s*italic/i)];
		}
	})
];
