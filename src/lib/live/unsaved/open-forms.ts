/** Forms of this page in which somebody has written something that has not been sent. */
const forms = new Set<object>();

/** Says how it stands with a form; false also when it goes. */
export function markWritten(form: object, written: boolean): void {
	if (written) forms.add(form);
	else forms.delete(form);
}

/** Whether leaving the page now would take words away from somebody who is in the middle of a form. */
export function formsHoldWords(): boolean {
	return forms.size > 0;
}
