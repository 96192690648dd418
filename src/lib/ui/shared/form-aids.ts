import { flushSync } from 'svelte';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import { identifierSentence } from '#lib/i18n/identifiers.ts';
import type { Values } from '#lib/live/unsaved/drafts.ts';
import { controlsOf, isTicked, valuesOf } from './form.ts';
import FormNotice from './FormNotice.svelte';
import type { RefusalView } from './refusal.ts';

/*
 * What a form needs once somebody writes in it: the rules that look for identifiers, drafts, and
 * what is said when it could not be sent. It is fetched then, and is here before anything is
 * sent.
 */

export { FormNotice };

/** A text that somebody writes in their own words. */
export function isText(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
	return (
		control instanceof HTMLTextAreaElement ||
		(control instanceof HTMLInputElement && control.type === 'text')
	);
}

/** Fills the form in, as if somebody had: whatever follows a field hears of it. */
export function fillIn(form: HTMLFormElement, values: Values): void {
	const left = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, [...list]]));
	const filled = new Set<Element>();
	// One choice may bring the fields that come after it.
	for (;;) {
		const control = controlsOf(form).find((one) => !filled.has(one));
		if (!control) return;
		filled.add(control);
		const list = left[control.name];
		if (!list) continue;
		if (isTicked(control)) control.checked = list.includes(control.value);
		else control.value = list.shift() ?? '';
		for (const kind of ['input', 'change'])
			control.dispatchEvent(new Event(kind, { bubbles: true }));
		flushSync();
	}
}

/**
 * Whether a draft is of a form like this one: one that begins with other words is about something
 * else.
 */
export function fits(form: HTMLFormElement, begun: Values): boolean {
	const begins = valuesOf(form);
	return controlsOf(form)
		.filter(isText)
		.every(({ name, value }) => value === '' || begins[name]?.join() === begun[name]?.join());
}

export function isSame(one: Values, other: Values): boolean {
	const names = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...names].every((name) => one[name]?.join('\n') === other[name]?.join('\n'));
}

/** The first thing that points to one person in what was written, as the server would refuse it. */
export function identifierIn(form: HTMLFormElement): RefusalView | null {
	for (const control of form.elements) {
		if (!isText(control)) continue;
		const found = firstBlocked(control.value);
		if (!found) continue;
		const place = { start: found.start, end: found.end, found: found.class };
		const text = identifierSentence(place);
		return { ...place, reason: 'identifier_in_text', field: control.name, text };
	}
	return null;
}

export function holdsIdentifier(text: string): boolean {
	return firstBlocked(text) !== null;
}
