/** `proposed → accepted → confirmed → held`, or declined by the hosts, or withdrawn by the speaker. */
export const talkStatuses = [
	'proposed',
	'accepted',
	'confirmed',
	'held',
	'declined',
	'withdrawn'
] as const;
export type TalkStatus = (typeof talkStatuses)[number];
