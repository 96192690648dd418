import type { ForumKind } from '#lib/domain/forum.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import type { RecommendationStatus } from '#lib/domain/recommendation.ts';

/** Who asks. Everything that a right can rest on, and nothing else of the person. */
export interface Actor {
	id: string;
	unit: string | null;
	/** From outside the municipality: sees only the forums that let them in. */
	outside: boolean;
	/** Runs the system. Gives no right to any case. */
	administrator: boolean;
	roles: Readonly<Record<string, MembershipRole>>;
	/** Units that this person leads. */
	leads: readonly string[];
	/** As a deputy who has been called in, until the meeting is locked. */
	calls: readonly Call[];
	/** Made chair or secretary of a meeting, or of one of its items. */
	acting: readonly Acting[];
	/**
	 * Forums on whose recommendations this person rules, and who takes part in no recommendation
	 * there.
	 */
	rules: readonly string[];
	/** Cases whose recommendation has been sent to this person to rule on. */
	sent: ReadonlySet<string>;
	/** Forums in which this person may decide between meetings what cannot wait. */
	urges: readonly string[];
	/** Cases that this person is disqualified from, or may be: nothing of them exists for them. */
	recused: ReadonlySet<string>;
}

export interface Call {
	meeting: string;
	/** The one item that the call is for; null when it is for the whole meeting. */
	item: string | null;
	/** The cases that the call opens. */
	cases: readonly string[];
}

export interface Acting {
	meeting: string;
	item: string | null;
	role: 'chair' | 'secretary';
}

export interface InForum {
	forum: string;
	forumKind: ForumKind;
}

export interface InMeeting extends InForum {
	meeting: string;
	status: MeetingStatus;
}

export interface AnsweredAction extends InForum {
	/** Who answers: a person, and the unit that answers or that person's. */
	person: string | null;
	unit: string | null;
	case: string | null;
	/** To whom it is offered and by whom, as long as the offer stands. */
	offered?: { person: string | null; unit: string | null; by: string } | null;
}

export interface RecommendationFacts extends InForum {
	case: string;
	at: { meeting: string; status: MeetingStatus; item: string } | null;
	status: RecommendationStatus;
}

/** What is asked about: only the facts that a right rests on. */
export type Subject =
	| ({ kind: 'forum' } & InForum)
	| ({ kind: 'meeting' } & InMeeting)
	| ({ kind: 'item'; item: string; case: string | null } & InMeeting)
	/** One card; with id null, the cases of a forum as such. */
	| { kind: 'case'; forum: string; id: string | null }
	| ({ kind: 'action' } & AnsweredAction)
	| ({ kind: 'decision'; case: string | null } & InForum)
	/** The council's recommendation about a case: at an item, or (null) made between meetings. */
	| ({ kind: 'recommendation' } & RecommendationFacts)
	/** One ruling; with case null, the rulings of a forum as such. */
	| { kind: 'ruling'; forum: string; case: string | null }
	/** The question whether somebody is impartial, at an item about a case. */
	| ({ kind: 'recusal'; item: string; case: string; person: string } & InMeeting)
	| ({ kind: 'talk'; speaker: string } & InForum)
	| { kind: 'directory' }
	/** A matrix of responsibilities, and the forum that adopted it. */
	| { kind: 'matrix'; forum: string | null }
	/** How the server runs. */
	| { kind: 'operation' };

/**
 * `read` see it · `write` change its content · `create` add one · `complete` say how it stands
 * with it · `manage` decide who
 * belongs · `run` lead it: its states, who is present, what it came to · `appoint` make somebody
 * its chair or secretary ·
 * `lock` close it for good, and open it again · `accept` take over what is offered · `withdraw`
 * take an offer back · `adopt`
 * make it the forum's word · `rule` decide on it with the municipality's authority · `urge`
 * decide what cannot wait for a
 * meeting · `erase` take out of it for good what must not stand there · `plan` call a forum
 * together: when and where it meets ·
 * `propose` put forward what others decide on: an item for a forum, a talk for a day, a
 * correction to an item's minutes.
 * The one vocabulary of pages, forms and sockets.
 */
export const permissions = [
	'read',
	'write',
	'create',
	'complete',
	'manage',
	'run',
	'appoint',
	'lock',
	'accept',
	'adopt',
	'rule',
	'urge',
	'erase',
	'plan',
	'propose',
	'withdraw'
] as const;
export type Permission = (typeof permissions)[number];

/** What may() wants to know of a question of impartiality. */
export type RecusalFacts = InMeeting & { item: string; case: string; person: string };
export type ItemFacts = InMeeting & { item: string; case: string | null };
