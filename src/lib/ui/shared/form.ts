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

export function controlsOf(form: HTMLFormElement): Control[] {
	return [...form.elements].filter(
		(element): element is Control =>
			(element instanceof HTMLInputElement && !['hidden', 'file'].includes(element.type)) ||
			element instanceof HTMLSelectElement ||
			element instanceof HTMLTextAreaElement
	);
}

export function isTicked(control: Control): control is HTMLInputElement {
	return control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
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
