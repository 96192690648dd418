import type { AttendanceStatus } from '#lib/domain/meeting.ts';

/** Who is at a meeting, as the load tells it. */
export interface Attendances {
	attendees: {
		person: string;
		name: string;
		title: string;
		status: AttendanceStatus | null;
		deputy: boolean;
	}[];
	away: { item: string; person: string; name: string }[];
	deputies: {
		id: string;
		person: string;
		name: string;
		for: string | null;
		item: string | null;
		subordinate: boolean;
	}[];
	available: {
		person: string;
		name: string;
		for: string | null;
		forName: string | null;
		subordinate: boolean;
	}[];
	leaders: { person: string; name: string; role: 'chair' | 'secretary'; item: string | null }[];
	quorum: { needed: number; present: number; met: boolean } | null;
}

export interface MeetingRights {
	run: boolean;
	lock: boolean;
	appoint: boolean;
	/** Take or leave the corrections that are proposed. */
	settle: boolean;
	erase: boolean;
}
