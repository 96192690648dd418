import type { RefusalName, RefusalPlace } from '#lib/domain/refusal.ts';

/** A refusal as the server has put it into words. */
export type RefusalView = RefusalPlace & { reason: RefusalName; text: string };
