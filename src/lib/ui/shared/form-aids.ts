import { flushSync } from 'svelte';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import { identifierSentence } from '#lib/i18n/identifiers.ts';
import { keepsCases } from '#lib/live/copies/copy-consent.svelte.ts';
import type { Draft, Values } from '#lib/live/unsaved/drafts.ts';
import { markWritten } from '#lib/live/unsaved/open-forms.ts';
import * as session from '#lib/live/unsaved/session.svelte.ts';
import { controlsOf, isTicked, valuesOf } from './form.ts';
import FormNotice from './FormNotice.svelte';
import type { RefusalView } from './refusal.ts';

/*
 * What a form needs once somebody writes in it: the rules that look for identifiers, drafts, who is
 * here, and what is said when it could not be sent. It is fetched then, and is here before anything
 * is sent.
 */

export { FormNotice, markWritten, session };

/** A text that somebody writes in their own words. */
function isText(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
	return (
		control instanceof HTMLTextAreaElement ||
		(control instanceof HTMLInputElement && control.type === 'text')
	);
}

/** Fills the form in, as if somebody had: whatever follows a field hears of it. */
function fillIn(form: HTMLFormElement, values: Values): void {
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
function fits(form: HTMLFormElement, begun: Values): boolean {
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

/**
 * Whether a draft may be kept in the browser, which may keep copies: of a case only where the
 * person has said so, and nothing that points to a person.
 */
export function mayStay(person: string, { values, ofCase }: Draft): boolean {
	if (ofCase && !keepsCases(person)) return false;
	return Object.values(values)
		.flat()
		.every((text) => firstBlocked(text) === null);
}

/** Fills in a draft, and unfolds what the form stands in; false when it is of another form. */
export function restore(form: HTMLFormElement, { begun, values }: Draft): boolean {
	if (!fits(form, begun)) return false;
	fillIn(form, values);
	unfold(form);
	return true;
}

/** Opens what is folded in around it. */
function unfold(element: Element): void {
	for (let at = element.closest('details'); at; at = at.parentElement?.closest('details') ?? null)
		at.open = true;
}

/**
 * Brings somebody to the field of a refusal, with what is meant in it marked; false when it has
 * none.
 */
export function pointTo(form: HTMLFormElement, { field, start, end }: RefusalView): boolean {
	const found = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(field ?? '')}"]`);
	const control = found?.querySelector<HTMLElement>('input, select, textarea, button');
	if (!found || !control) return false;
	unfold(found);
	control.focus();
	if (isText(control) && start !== undefined && end !== undefined)
		control.setSelectionRange(start, end);
	return true;
}

export function focusFirst(form: HTMLFormElement): void {
	form.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
}

/** What a form says when the server answered with a fault, or not at all. */
export function troubleOf(status: number | undefined): 'away' | 'gone' | 'too_large' {
	if (status === 413) return 'too_large';
	return status !== undefined && status >= 400 && status < 500 ? 'gone' : 'away';
}
