/** Moves the focus to what a page is about to show; gives up after a second or so of frames. */
export function focusWhenThere(selector: string, frames = 90): void {
	const element = document.querySelector<HTMLElement>(selector);
	if (element) element.focus();
	else if (frames > 0) requestAnimationFrame(() => focusWhenThere(selector, frames - 1));
}
