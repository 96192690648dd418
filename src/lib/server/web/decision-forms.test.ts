import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, boardMeeting, itemOf, openDemo } from '#lib/server/start/testing.ts';
import { decide } from './decision-forms.ts';

beforeEach(openDemo);

const count = () => sqlite().prepare('SELECT count(*) FROM decision').pluck().get();

/** Sends the form as a browser without scripts does. */
function send(fields: Record<string, string>, who = 'P03') {
	const body = new URLSearchParams({ item: itemOf('S-K6YJ'), text: 'Rådet ventar.', ...fields });
	const request = new Request('http://samrad.test/', { method: 'POST', body });
	const locals = { actor: actor(who) } as App.Locals;
	const params = { id: boardMeeting('22/26') };
	return (decide as unknown as (event: unknown) => Promise<unknown>)({ request, locals, params });
}

test('records a decision of the meeting that the address names, and says its code', async () => {
	expect(await send({ reviewOn: '' })).toMatchObject({ decided: 'BR-A1/26' });
	expect(await send({ reviewOn: '2027-01-20' })).toMatchObject({ decided: 'BR-A2/26' });
	const dates = sqlite().prepare('SELECT review_on FROM decision ORDER BY code').pluck().all();
	expect(dates).toEqual([null, '2027-01-20']);
});

test('what makes no sense is refused at its field; for who may not there is no such page; nothing is stored', async () => {
	const refused = (refusal: object) => ({ data: { refusal } });
	expect(await send({ reviewOn: '2027-02-30' })).toMatchObject(
		refused({ reason: 'bad_input', field: 'reviewOn' })
	);
	expect(await send({ item: 'none' })).toMatchObject(
		refused({ reason: 'bad_input', field: 'item' })
	);
	expect(await send({ text: ' ' })).toMatchObject(refused({ reason: 'missing_text' }));
	await expect(send({}, 'P11')).rejects.toMatchObject({ status: 404 });
	expect(count()).toBe(0);
});
