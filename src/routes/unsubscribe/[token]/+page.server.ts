import * as settings from '#lib/server/notices/settings.ts';
import { show } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Opened by a person, it asks; mail programs send the form right away (RFC 8058). The token
 * stands for the person.
 */
export const load: PageServerLoad = ({ params }) =>
	show(() => ({ what: settings.offered(params.token) }));

export const actions = {
	default: ({ params }) =>
		show(() => {
			settings.decline(params.token);
			return { done: true };
		})
} satisfies Actions;
