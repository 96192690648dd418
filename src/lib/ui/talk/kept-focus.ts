/**
 * The button that was pressed may go when the page is read again, a moment before or after the
 * answer: then the focus moves to what stands for it. Somebody who has gone elsewhere meanwhile
 * is let be.
 */
export function keepFocus(find: () => HTMLElement | null | undefined, frames = 90): void {
	const look = (pressed: Element | null, left: number) => {
		const now = document.activeElement;
		if (now === null || now === document.body) find()?.focus();
		else if (now === pressed && left > 0) requestAnimationFrame(() => look(pressed, left - 1));
	};
	// The form first gives the focus back to the button that it had disabled.
	requestAnimationFrame(() => look(document.activeElement, frames));
}
