import { page } from '$app/state';
import { formFields } from '#lib/domain/form-fields.ts';
import type { RefusalView } from './refusal.ts';

/** What was sent without scripts, and refused. */
export interface Sent {
	sent: Record<string, string | string[]>;
	refusal?: RefusalView;
}

/** What was refused of the form with this name; null when nothing was. */
export function refusedOf(name: string): Sent | null {
	const answer = page.form as Partial<Sent> | null;
	return answer?.sent && (answer.sent[formFields.name] ?? '') === name ? (answer as Sent) : null;
}

/** Whether this page says, without scripts, why a form was refused: then the form is to be seen. */
export function wasSent(action: App.FormTarget, of = ''): boolean {
	return refusedOf(nameOf(action, of)) !== null;
}

/** Why the form was refused that was sent without scripts, where it does not say so itself. */
export function refusalOf(action: App.FormTarget, of = ''): RefusalView | null {
	return refusedOf(nameOf(action, of))?.refusal ?? null;
}

export function nameOf(action: App.FormTarget | undefined, of: string): string {
	return `${action ?? ''} ${of}`.trim();
}
