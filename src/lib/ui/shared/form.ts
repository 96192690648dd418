import { getContext, setContext } from 'svelte';
import type { Values } from '#lib/live/unsaved/drafts.ts';
import type { RefusalView } from './refusal.ts';

/** What a form tells the fields in it. */
export interface FormContext {
	/** The refusal of the last sending, until it is mended. */
	readonly refusal: RefusalView | null;
	/** What was sent, when the page without scripts is shown again; else `begins`. */
	valueOf(field: string, begins: string): string;
	/** A field says that refusals of its name are shown at it. */
	register(field: string): void;
	/** Something in the field has been changed. */
	mend(field: string): void;
}

const key = Symbol('form');

export function provideForm(form: FormContext): void {
	setContext(key, form);
}

/** Of the form that the component stands in. */
export function useForm(): FormContext {
	const form = getContext<FormContext | undefined>(key);
	if (!form) throw new Error('A Field stands in a Form.');
	return form;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsOf(form: HTMLFormElement): Control[] {
	return [...form.elements].filter(
		(element): element is Control =>
			(element instanceof HTMLInputElement && !['hidden', 'file'].includes(element.type)) ||
			element instanceof HTMLSelectElement ||
			element instanceof HTMLTextAreaElement
	);
}

function isTicked(control: Control): control is HTMLInputElement {
	return control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
}

/** A text that somebody writes in their own words. */
export function isText(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
	return (
		control instanceof HTMLTextAreaElement ||
		(control instanceof HTMLInputElement && control.type === 'text')
	);
}

/** What stands in the form now, of what somebody can fill in. */
export function valuesOf(form: HTMLFormElement): Values {
	const values: Values = {};
	for (const control of controlsOf(form)) {
		if (control.name === '') continue;
		const list = (values[control.name] ??= []);
		if (!isTicked(control)) list.push(control.value);
		else if (control.checked) list.push(control.value);
	}
	return values;
}

/** Fills the form in, as if somebody had: whatever follows a field hears of it. */
export function fillIn(form: HTMLFormElement, values: Values): void {
	const left = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, [...list]]));
	for (const control of controlsOf(form)) {
		const list = left[control.name];
		if (!list) continue;
		if (isTicked(control)) control.checked = list.includes(control.value);
		else control.value = list.shift() ?? '';
		for (const kind of ['input', 'change'])
			control.dispatchEvent(new Event(kind, { bubbles: true }));
	}
}

/** Whether a draft is of a form like this one: one that begins with other words is about something else. */
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
