/*
 * What names a thing of some kind: `kind:id`. A topic is what the event stream says has changed; an
 * audit subject is what a row of the audit trail is about. They stand in databases, in open
 * browsers and in the trail's hashes: the words of the kinds stay letter for letter.
 */

export const topicKinds = ['agenda', 'case', 'forum', 'meeting', 'person', 'talk'] as const;
export type TopicKind = (typeof topicKinds)[number];
export type Topic<Kind extends TopicKind = TopicKind> = `${Kind}:${string}`;

export function topicOf<Kind extends TopicKind>(kind: Kind, id: string): Topic<Kind> {
	return `${kind}:${id}`;
}

export const auditKinds = [
	'action',
	'case',
	'decision',
	'forum',
	'item',
	'matrix',
	'meeting',
	'person',
	'recommendation',
	'recusal',
	'register',
	'ruling',
	'talk'
] as const;
export type AuditKind = (typeof auditKinds)[number];
export type AuditSubject<Kind extends AuditKind = AuditKind> = `${Kind}:${string}`;

export function auditSubject<Kind extends AuditKind>(kind: Kind, id: string): AuditSubject<Kind> {
	return `${kind}:${id}`;
}
