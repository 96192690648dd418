import { invalidateAll } from '$app/navigation';
import type { RefusalView } from '#lib/ui/shared/refusal.ts';

/**
 * For the forms of a talk, on whatever page they stand. The page is read again also when somebody
 * else was first: then the form may be gone, so what hears of the answer says the refusal.
 */
export function answering(onanswer: (refusal: RefusalView | null) => void) {
	return {
		ondone: () => onanswer(null),
		onrefusal: async (refusal: RefusalView) => {
			await invalidateAll();
			onanswer(refusal);
		}
	};
}
