import type { Editor } from '@tiptap/core';
import { m } from '#lib/i18n/paraglide/messages.js';

export interface Format {
	name: 'bold' | 'italic' | 'heading' | 'bullets' | 'numbers';
	label: () => string;
	/** As `aria-keyshortcuts` writes it. */
	keys: string;
	/** A whole block, and so to be had from the `/` menu. */
	block: boolean;
	isOn: (editor: Editor) => boolean;
	toggle: (editor: Editor) => void;
	/** The path of a 16 × 16 icon. */
	icon: string;
}

/** The page has the title as h1 and the item as h2. */
export const headingLevels = [3, 4] as const;

/** The lists stand last: a plain text has those and no more. */
export const formats: Format[] = [
	{
		name: 'bold',
		label: () => m.editor_bold(),
		keys: 'Control+B',
		block: false,
		isOn: (editor) => editor.isActive('bold'),
		toggle: (editor) => editor.chain().focus().toggleBold().run(),
		icon: 'M4.5 2.5H8a2.75 2.75 0 0 1 0 5.5H4.5zM4.5 8h4.25a2.75 2.75 0 0 1 0 5.5H4.5z'
	},
	{
		name: 'italic',
		label: () => m.editor_italic(),
		keys: 'Control+I',
		block: false,
		isOn: (editor) => editor.isActive('italic'),
		toggle: (editor) => editor.chain().focus().toggleItalic().run(),
		icon: 'M6.5 2.5h5M4.5 13.5h5M9.5 2.5l-3 11'
	},
	{
		name: 'heading',
		label: () => m.editor_heading(),
		keys: 'Control+Alt+3',
		block: true,
		isOn: (editor) => editor.isActive('heading'),
		toggle: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(),
		icon: 'M3.5 2.5v11M12.5 2.5v11M3.5 8h9'
	},
	{
		name: 'bullets',
		label: () => m.editor_bullets(),
		keys: 'Control+Shift+8',
		block: true,
		isOn: (editor) => editor.isActive('bulletList'),
		toggle: (editor) => editor.chain().focus().toggleBulletList().run(),
		icon: 'M6 3.5h8M6 8h8M6 12.5h8M2.5 3.5h.01M2.5 8h.01M2.5 12.5h.01'
	},
	{
		name: 'numbers',
		label: () => m.editor_numbers(),
		keys: 'Control+Shift+7',
		block: true,
		isOn: (editor) => editor.isActive('orderedList'),
		toggle: (editor) => editor.chain().focus().toggleOrderedList().run(),
		icon: 'M6.5 3.5H14M6.5 8H14M6.5 12.5H14M2 2.5l1-.5v3.5M1.75 10.75c.5-.75 2-.5 1.75.5-.1.5-1.75 2-1.75 2H3.75'
	}
];
