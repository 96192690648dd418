import type { Slot, TalkStatus, TalkStepName } from '#lib/domain/talk.ts';

/** A talk as this person may see it. */
export interface TalkCard {
	id: string;
	title: string;
	minutes: number;
	status: TalkStatus;
	speaker: { id: string; name: string };
	/** The item of the programme, while it stands there, and when that is. */
	item: string | null;
	slot: Slot | null;
	own: boolean;
	/** This person decides about it. */
	hosted: boolean;
	/** For the hosts: title or length is no longer what the programme took over. */
	changed: boolean;
	/** What this person can do with it now. */
	steps: TalkStepName[];
}

/** One step of its history. */
export interface TalkStep {
	id: string;
	date: string;
	time: string;
	by: 'speaker' | 'host' | null;
	name: string | null;
	what: { kind: 'status'; to: TalkStatus } | { kind: 'slot'; from: Slot | null; to: Slot | null };
}
