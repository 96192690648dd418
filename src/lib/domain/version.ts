/** What a version of a meeting's text was taken for: a step of its life, by hand, or before an older text was brought back. */
export const versionKinds = [
	'called',
	'opened',
	'reviewed',
	'locked',
	'by_hand',
	'replaced'
] as const;
export type VersionKind = (typeof versionKinds)[number];

/** Characters of the name that somebody gives a version. */
export const longestVersionName = 100;
