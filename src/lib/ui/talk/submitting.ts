import { invalidateAll } from '$app/navigation';
import type { SubmitFunction } from '@sveltejs/kit';
import type { RefusalView } from '#lib/ui/shared/refusal.ts';

/**
 * For the forms of a talk, on whatever page they stand: reads the page again, also when somebody
 * else was first, and hands on the refusal, if any.
 */
export function submitting(onanswer: (refusal: RefusalView | null) => void): SubmitFunction {
	return () =>
		async ({ result, update }) => {
			if (result.type !== 'success' && result.type !== 'failure') return update({ reset: false });
			await invalidateAll();
			onanswer((result.data?.refusal as RefusalView | undefined) ?? null);
		};
}
