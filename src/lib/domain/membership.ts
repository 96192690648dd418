/** What somebody is in a forum. A deputy reads nothing until called to a meeting. */
export const membershipRoles = [
	'chair',
	'secretary',
	'member',
	'deputy',
	'observer',
	'speaker'
] as const;

export type MembershipRole = (typeof membershipRoles)[number];

/**
 * Who is called to every meeting: a deputy only when needed, and one who looks on comes by
 * themselves.
 */
export function isSummoned(role: MembershipRole): boolean {
	return role !== 'deputy' && role !== 'observer';
}

/** Those who take part in the forum's work, as against those who look on or are called. */
export function takesPart(role: MembershipRole): boolean {
	return role === 'chair' || role === 'secretary' || role === 'member';
}
