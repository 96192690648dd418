/**
 * What a version of a meeting's text was taken for: a step of its life, by hand, before an older
 * text was brought back, or before a recommendation's was put together again.
 */
export const versionKinds = [
	'called',
	'opened',
	'reviewed',
	'locked',
	'by_hand',
	'replaced',
	'recomposed'
] as const;
export type VersionKind = (typeof versionKinds)[number];

/** Characters of the name that somebody gives a version. */
export const longestVersionName = 100;
