import { mergeAttributes, Node } from '@tiptap/core';
import type { Node as DocumentNode } from '@tiptap/pm/model';
import { isUuid } from '#lib/domain/document.ts';
import { mentionAttribute } from './mention-attribute.ts';

export type MentionKind = 'person' | 'unit' | 'case';

const kinds: MentionKind[] = ['person', 'unit', 'case'];

/**
 * What can be referred to; `id` is a UUID. The list comes from an authorised load; the document
 * holds only kind and id.
 */
export interface Mentionable {
	kind: MentionKind;
	id: string;
	label: string;
	/** What tells it from others with the same label: a unit's name, a case's first words. */
	hint?: string;
}

export type LabelOf = (kind: MentionKind, id: string) => string;

/** Finds labels; who is not in the list is not named. */
export function labels(known: Mentionable[]): LabelOf {
	const found = new Map(known.map(({ kind, id, label }) => [`${kind}:${id}`, label]));
	return (kind, id) => found.get(`${kind}:${id}`) ?? (kind === 'case' ? 'S-····' : '…');
}

const idAttribute = 'data-mention-id';

/**
 * A reference inside a text. `labelOf` is asked whenever one is shown, so it may change its
 * answers: call `showLabels` then.
 */
export function mention(labelOf: LabelOf) {
	return Node.create({
		name: 'mention',
		group: 'inline',
		inline: true,
		atom: true,
		selectable: true,
		addAttributes() {
			return {
				kind: { default: 'person', parseHTML: (element) => element.getAttribute(mentionAttribute) },
				id: { default: '', parseHTML: (element) => element.getAttribute(idAttribute) }
			};
		},
		parseHTML() {
			return [
				{
					tag: `span[${mentionAttribute}]`,
					// The server refuses a document with anything else, and so what is pasted must be
					// looked at.
					getAttrs: (element) => (isMention(element) ? null : false)
				}
			];
		},
		renderHTML({ node }) {
			return ['span', mergeAttributes(attributesOf(node))];
		},
		renderText({ node }) {
			return labelOf(node.attrs.kind, node.attrs.id);
		},
		addNodeView() {
			return ({ node }) => {
				const dom = document.createElement('span');
				for (const [name, value] of Object.entries(attributesOf(node)))
					dom.setAttribute(name, value);
				dom.textContent = labelOf(node.attrs.kind, node.attrs.id);
				return { dom, ignoreMutation: () => true };
			};
		}
	});
}

/** Writes the labels anew in everything that is shown. */
export function showLabels(root: Element, labelOf: LabelOf): void {
	for (const element of root.querySelectorAll(`[${mentionAttribute}]`)) {
		const kind = element.getAttribute(mentionAttribute) as MentionKind;
		element.textContent = labelOf(kind, element.getAttribute(idAttribute) ?? '');
	}
}

function isMention(element: HTMLElement): boolean {
	const kind = element.getAttribute(mentionAttribute);
	return kinds.some((known) => known === kind) && isUuid(element.getAttribute(idAttribute) ?? '');
}

function attributesOf(node: DocumentNode): Record<string, string> {
	return { [mentionAttribute]: node.attrs.kind, [idAttribute]: node.attrs.id };
}
