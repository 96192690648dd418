import { sqlite } from '#lib/server/db/index.ts';
import { actor, boardMeeting } from '#lib/server/start/testing.ts';
import * as decisions from './decisions.ts';

/** An ordinary item of the board's next meeting. */
export const ordinary = () =>
	sqlite()
		.prepare('SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL AND removed = 0')
		.pluck()
		.get(boardMeeting('22/26')) as string;

export const input = () => ({
	meeting: boardMeeting('22/26'),
	item: ordinary(),
	text: 'Rådet går over til digitale saklister.',
	reasons: 'Papiret kjem for seint.',
	minority: '',
	statement: '',
	reviewOn: null as string | null
});
export const decide = (change: Partial<decisions.DecisionInput> = {}, as = 'P03') =>
	decisions.create(actor(as), { ...input(), ...change });
