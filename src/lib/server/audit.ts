import * as clock from './clock.ts';
import { db } from './db/index.ts';
import { audit } from './db/schema.ts';

/** Notes who did what to which thing, in the caller's own transaction. `thing` is `kind:id`; never content. */
export function record(person: string | null, deed: string, thing: string): void {
	db().insert(audit).values({ at: clock.now(), person, deed, thing }).run();
}
