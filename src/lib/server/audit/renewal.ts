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
	const isVouchedFor = (subject: string) => {
		const said = last.get(subject);
		return said !== undefined && said !== '' && said === digestOf(subject);
	};
	return kinds.flatMap((kind) => idsOf(kind).map((id) => `${kind}:${id}`)).filter(isVouchedFor);
}

/** Notes anew what is no longer as the trail says. */
export function renew(subjects: string[]): void {
	const same = new Set(vouched([...new Set(subjects.map(kindOf))]));
	for (const subject of subjects)
		if (!same.has(subject)) recordInMigration(`${kindOf(subject)}.vouch`, subject);
}

function kindOf(subject: string): string {
	return subject.slice(0, subject.indexOf(':'));
}
