import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type { IdentifierCheck } from '#lib/live/document/identifier-check.svelte.ts';

/**
 * Takes nothing in, typed, pasted or dropped here, that completes what points to one person;
 * `ontold` hears of it, and at the next key that it is past. What others write and what an undo
 * brings back comes from the document: neither could be put right by stopping it here.
 */
export function guard(identifierCheck: IdentifierCheck, ontold: (stopped: boolean) => void) {
	return Extension.create({
		name: 'guard',
		addProseMirrorPlugins: () => [
			new Plugin({
				props: {
					handleKeyDown() {
						ontold(false);
						return false;
					}
				},
				filterTransaction(transaction, state) {
					if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey)) return true;
					const stopped = completes(identifierCheck, state.doc, transaction.doc);
					ontold(stopped);
					return !stopped;
				}
			})
		]
	});
}

/** Only the lines in which the two differ are read: a keystroke costs the same in a long text. */
function completes(identifierCheck: IdentifierCheck, before: Node, now: Node): boolean {
	const from = before.content.findDiffStart(now.content);
	const to = before.content.findDiffEnd(now.content);
	if (from === null || to === null) return false;
	// In «aaa» both ends may claim the same letter.
	const overlap = Math.max(0, from - Math.min(to.a, to.b));
	const lines = linesIn(before, from, to.a + overlap);
	return identifierCheck(lines, linesIn(now, from, to.b + overlap), to.b + overlap === from);
}

/** The lines that a stretch touches, and where links in them lead. */
function linesIn(doc: Node, from: number, to: number): string[] {
	const lines: string[] = [];
	doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (node) => {
		if (!node.isTextblock) return true;
		lines.push(node.textContent);
		node.forEach((child) => {
			for (const { attrs } of child.marks)
				if (typeof attrs.href === 'string') lines.push(attrs.href);
		});
		return false;
	});
	return lines;
}
