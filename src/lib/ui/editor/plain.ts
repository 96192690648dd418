import type { Extensions } from '@tiptap/core';
import { Document } from '@tiptap/extension-document';
import { BulletList, ListItem, ListKeymap } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { Numbers } from './extensions.ts';

/**
 * Plain words in paragraphs and lists. The server's check of a recommendation's text has to allow
 * the same.
 */
export const plainExtensions: Extensions = [
	Document,
	Paragraph,
	Text,
	BulletList,
	Numbers,
	ListItem,
	ListKeymap
];
