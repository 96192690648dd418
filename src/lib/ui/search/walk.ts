/** Down and up go from the field to the first result, and on from one to the next. */
export function stepBetween(event: KeyboardEvent): void {
	const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
	if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
	const within = event.currentTarget as HTMLElement;
	const stops = [...within.querySelectorAll<HTMLElement>('[data-step]')];
	const place = stops.indexOf(event.target as HTMLElement);
	const next = place < 0 ? undefined : stops[place + step];
	if (!next) return;
	event.preventDefault();
	next.focus();
}
