import { sqlite } from '#lib/server/db/index.ts';
import { recordInMigration } from './audit.ts';
import { digestOf, idsOf } from './facts.ts';

/*
 * Migrations that change rows for which the audit trail vouches: what agreed with the trail before
 * is noted anew afterwards. What did not agree is left as it is, so that `verify` still finds it.
 */

/** Of these kinds, what is as the trail says. */
export function vouched(kinds: string[]): string[] {
	const last = sqlite()
		.prepare('SELECT content FROM audit WHERE thing = ? ORDER BY seq DESC LIMIT 1')
		.pluck();
	const isVouchedFor = (thing: string) => {
		const said = last.get(thing);
		return said !== undefined && said !== '' && said === digestOf(thing);
	};
	return kinds.flatMap((kind) => idsOf(kind).map((id) => `${kind}:${id}`)).filter(isVouchedFor);
}

/** Notes anew what is no longer as the trail says. */
export function renew(things: string[]): void {
	const same = new Set(vouched([...new Set(things.map(kindOf))]));
	for (const thing of things)
		if (!same.has(thing)) recordInMigration(`${kindOf(thing)}.vouch`, thing);
}

function kindOf(thing: string): string {
	return thing.slice(0, thing.indexOf(':'));
}
