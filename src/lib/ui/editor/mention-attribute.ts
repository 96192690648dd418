/**
 * On the element that stands for a mention: its kind. Here for those who look at a text without
 * the editor.
 */
export const mentionAttribute = 'data-mention';
