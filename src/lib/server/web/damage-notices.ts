import type { DocumentName } from '#lib/domain/document.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as clock from '#lib/server/platform/clock.ts';

/* What has been written and can no longer be read, for those who open the document. */

export interface DamageNotice {
	/** Id of what the document belongs to: the meeting, the item, the talk. */
	of: string;
	/** When it was written, milliseconds; null when that is not known either. */
	at: number | null;
}

/** Milliseconds for which a loss is told of after it has been found. */
const toldFor = 30 * 24 * 60 * 60 * 1000;

/** Of these documents, the latest first. Ask only for those that the person may read. */
export function among(names: DocumentName[]): DamageNotice[] {
	const since = clock.now() - toldFor;
	return names.flatMap((name) =>
		rooms
			.losses(name)
			.filter(({ found }) => found > since)
			// The moment lay on the same disk.
			.map(({ at, found }) => ({
				of: name.id,
				at: at !== null && at > 0 && at <= found ? at : null
			}))
	);
}
