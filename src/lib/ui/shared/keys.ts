import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

/**
 * `{@attach keys(take)}`: keys pressed anywhere inside, for containers that are no control
 * themselves.
 */
export function keys(take: (event: KeyboardEvent) => void): Attachment<HTMLElement> {
	return (element) => on(element, 'keydown', take);
}
