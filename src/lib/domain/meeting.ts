export const meetingStatuses = [
	'planned',
	'called',
	'open',
	'review',
	'locked',
	'cancelled'
] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

/** Whether agenda and minutes can still be written. */
export function isWritable(status: MeetingStatus): boolean {
	return status !== 'locked' && status !== 'cancelled';
}
