import { InputRule, Mark, markPasteRule } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/**
 * The address that a text stands for, or null. Only the web, e-mail and telephone: other schemes
 * can run script or open what the reader did not ask for.
 */
export function readHref(text: string): string | null {
	const href = addressIn(text.trim());
	return href !== null && href.length <= longest && URL.canParse(href) ? href : null;
}

/** As the server's check of the shape has it. */
const longest = 2000;

function addressIn(text: string): string | null {
	// Browsers skip control characters and blanks inside a scheme.
	if (/[\s\p{Cc}]/u.test(text)) return null;
	if (/^https?:\/\/[^/]/i.test(text)) return text;
	if (/^mailto:[^@]+@[^@]+$/i.test(text) || /^tel:\+?[\d-]+$/i.test(text)) return text;
	if (/^[\p{L}\d._+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+$/u.test(text)) return `mailto:${text}`;
	if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}(\/\S*)?$/u.test(text)) return `https://${text}`;
	return null;
}

const written = /(?:^|\s)((?:https?:\/\/|www\.)\S*[^\s.,;:!?)»"'])([.,;:!?)»"']*)\s$/i;
const pasted = /(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)»']/gi;

/**
 * Our own instead of Tiptap's, which brings a list of every top-level domain (11 kB compressed)
 * and keeps five attributes.
 */
export const Link = Mark.create({
	name: 'link',
	inclusive: false,
	exitable: true,
	addAttributes() {
		return {
			href: { default: null, parseHTML: (element) => readHref(element.getAttribute('href') ?? '') }
		};
	},
	parseHTML() {
		return [
			{
				tag: 'a[href]',
				getAttrs: (element) => (readHref(element.getAttribute('href') ?? '') ? null : false)
			}
		];
	},
	renderHTML({ mark }) {
		// Peers may write anything: a bad address becomes no link.
		const href = typeof mark.attrs.href === 'string' ? readHref(mark.attrs.href) : null;
		return href
			? ['a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, 0]
			: ['span', {}, 0];
	},
	addInputRules() {
		return [
			new InputRule({
				find: written,
				handler: ({ state, range, match }) => {
					const href = readHref(match[1] ?? '');
					if (!href) return null;
					// The blank is not in the text yet, and this takes its place.
					const end = range.to - (match[2]?.length ?? 0);
					const start = end - (match[1]?.length ?? 0);
					state.tr.addMark(start, end, this.type.create({ href })).insertText(' ', range.to);
					state.tr.removeStoredMark(this.type);
				}
			})
		];
	},
	addPasteRules() {
		return [
			markPasteRule({
				find: pasted,
				type: this.type,
				getAttributes: (match) => {
					const href = readHref(match[0]);
					return href ? { href } : false;
				}
			})
		];
	},
	addProseMirrorPlugins() {
		const { type } = this;
		return [
			new Plugin({
				props: {
					/** An address pasted over a selection makes that a link. */
					handlePaste(view, event) {
						const href = readHref(event.clipboardData?.getData('text/plain') ?? '');
						const { empty, from, to } = view.state.selection;
						if (!href || empty) return false;
						view.dispatch(view.state.tr.addMark(from, to, type.create({ href })));
						return true;
					}
				}
			})
		];
	}
});
