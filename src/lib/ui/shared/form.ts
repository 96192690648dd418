import { getContext, setContext } from 'svelte';
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
