/** Hidden fields that every form of ours sends beside its own (ui/shared/Form.svelte). */
export const formFields = {
	/** The one-time id: the same id with the same fields is the same command. */
	id: '_id',
	/** Which of the page's forms it is, so that a page without scripts can say a refusal there. */
	name: '_form'
} as const;
