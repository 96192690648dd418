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

/** What dealing with an item came to. */
export const outcomes = ['concluded', 'noted', 'put_off', 'next_meeting'] as const;
export type Outcome = (typeof outcomes)[number];

export const attendanceStatuses = ['present', 'late', 'absent'] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];
