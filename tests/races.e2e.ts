import { caller, type Caller, post } from './callers.ts';
import { expect, test } from './people.ts';
import { caseId, itemId, meetingId, personId, rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';

/* Two at once, by their forms: one wins, the other is told, and nothing is half-done. */

let server: RunningServer;
let solveig: Caller;
let jostein: Caller;
let halldor: Caller;

test.beforeEach(async () => {
	server = await startServer();
	[solveig, jostein, halldor] = (await Promise.all(
		(['P03', 'P04', 'P02'] as const).map((code) => caller(server, code))
	)) as [Caller, Caller, Caller];
	await post(solveig, `${meeting()}?/move`, { step: 'open' });
});
test.afterEach(() => server.stop());

const meeting = () => `/meetings/${meetingId(server, 'BR', '22/26')}`;
const byScript = { accept: 'application/json', 'x-sveltekit-action': 'true' };
const count = (sql: string) => Number(Object.values(rows(server, sql)[0] ?? {})[0]);
const dwelling = (code: string) =>
	String(rows(server, 'SELECT id FROM dwelling WHERE code = ?', code)[0]?.id);

/**
 * Sends forms at the same moment, and says what each came to: `success`, or the name of the
 * refusal.
 */
async function atOnce(...forms: [Caller, string, Record<string, string>][]): Promise<string[]> {
	const answers = await Promise.all(
		forms.map(([who, path, fields]) => post(who, path, fields, byScript))
	);
	const texts = await Promise.all(answers.map((answer) => answer.text()));
	return texts.map((text) =>
		text.includes('"type":"success"')
			? 'success'
			: (/"([a-z]+(?:_[a-z]+)+)"/.exec(text.replaceAll('\\', ''))?.[1] ?? text)
	);
}

const allocation = (item: string, code = 'B-103') => ({
	item: itemId(server, item),
	version: '',
	outcome: 'allocate',
	dwelling: dwelling(code),
	months: '36',
	language: 'nn',
	reasons: 'rett storleik'
});

/** A recommendation about S-G5MQ, as a draft; returns its id. */
async function drafted(): Promise<string> {
	await atOnce([jostein, `${meeting()}?/recommend`, allocation('BR 71/26')]);
	return String(rows(server, "SELECT id FROM recommendation WHERE code = 'I-053'")[0]?.id);
}

test('the same dwelling for two cases', async () => {
	const answers = await atOnce(
		[solveig, `${meeting()}?/recommend`, allocation('BR 71/26')],
		[jostein, `${meeting()}?/recommend`, allocation('BR 72/26')]
	);
	expect(answers.sort()).toEqual(['dwelling_taken', 'success']);
	expect(count("SELECT count(*) FROM recommendation WHERE code > 'I-052'")).toBe(1);
	expect(
		count(
			`SELECT count(*) FROM reservation WHERE released_at IS NULL AND dwelling = '${dwelling('B-103')}'`
		)
	).toBe(1);
});

test('two write the same recommendation', async () => {
	const answers = await atOnce(
		[solveig, `${meeting()}?/recommend`, allocation('BR 71/26')],
		[jostein, `${meeting()}?/recommend`, allocation('BR 71/26', 'B-119')]
	);
	expect(answers.sort()).toEqual(['changed_meanwhile', 'success']);
	expect(count("SELECT count(*) FROM recommendation WHERE code > 'I-052'")).toBe(1);
	expect(count('SELECT count(*) FROM reservation WHERE released_at IS NULL')).toBe(5);
});

test('two chairs adopt', async () => {
	const id = await drafted();
	const appointed = {
		person: personId(server, 'P04'),
		role: 'chair',
		item: itemId(server, 'BR 71/26')
	};
	await atOnce([solveig, `${meeting()}?/appoint`, appointed]);
	const answers = await atOnce(
		[solveig, `${meeting()}?/adopt`, { id, version: '1' }],
		[jostein, `${meeting()}?/adopt`, { id, version: '1' }]
	);
	expect(answers.sort()).toEqual(['already_adopted', 'success']);
	expect(
		count(
			`SELECT count(*) FROM course_step WHERE deed = 'recommend' AND case_id = '${caseId(server, 'S-G5MQ')}'`
		)
	).toBe(1);
});

test('one adopts while another writes', async () => {
	const id = await drafted();
	const answers = await atOnce(
		[solveig, `${meeting()}?/adopt`, { id, version: '1' }],
		[
			jostein,
			`${meeting()}?/recommend`,
			{ ...allocation('BR 71/26'), version: '1', reasons: 'noko heilt anna' }
		]
	);
	const adopted = count(
		`SELECT count(*) FROM recommendation WHERE id = '${id}' AND status = 'adopted'`
	);
	const [row] = rows(server, `SELECT reasons, version FROM recommendation WHERE id = '${id}'`);
	// Whoever was first: what is adopted is what the chair had read, or it is not adopted.
	expect(answers.sort()).toEqual(
		adopted ? ['already_adopted', 'success'] : ['changed_meanwhile', 'success']
	);
	expect(row).toEqual(
		adopted ? { reasons: 'rett storleik', version: 1 } : { reasons: 'noko heilt anna', version: 2 }
	);
});

test('two send it on, and two rule', async () => {
	const id = await drafted();
	await atOnce([solveig, `${meeting()}?/adopt`, { id, version: '1' }]);
	const sent = await atOnce(
		[solveig, `${meeting()}?/sendOn`, { id, tracks: 'A' }],
		[jostein, '/cases/S-G5MQ?/sendOn', { id, tracks: 'B' }]
	);
	expect(sent.sort()).toEqual(['already_done', 'success']);
	expect(count(`SELECT count(*) FROM ruling WHERE recommendation = '${id}'`)).toBe(1);

	const ruling = (stance: string) => ({
		stance,
		result: 'granted',
		content: 'utleigebustad',
		reason: 'grunn',
		ruledOn: '2026-11-23',
		noticeOn: '2026-11-23'
	});
	const ruled = await atOnce(
		[halldor, '/rulings/V-102?/decide', ruling('follow')],
		[halldor, '/rulings/V-102?/decide', ruling('send_back')]
	);
	expect(ruled.sort()).toEqual(['already_done', 'success']);
	const [row] = rows(server, "SELECT status, stance FROM ruling WHERE code = 'V-102'");
	const [caseProgress] = rows(
		server,
		`SELECT state FROM course WHERE case_id = '${caseId(server, 'S-G5MQ')}'`
	);
	expect([row?.status, caseProgress?.state]).toEqual(
		row?.stance === 'follow' ? ['ruled', 'ruled'] : ['sent_back', 'sent_back']
	);
});

test('two of the few decide the same case that cannot wait', async () => {
	const about = caseId(server, 'S-J3RF');
	const form = { item: about, version: '', outcome: 'other_help', language: 'nn', reasons: 'hast' };
	const written = await atOnce(
		[solveig, '/cases/S-J3RF/urgent?/recommend', form],
		[jostein, '/cases/S-J3RF/urgent?/recommend', form]
	);
	expect(written.sort()).toEqual(['changed_meanwhile', 'success']);
	const id = String(rows(server, "SELECT id FROM recommendation WHERE code = 'I-053'")[0]?.id);
	const adopt = { id, version: '1', why: 'utkasting på fredag' };
	const answers = await atOnce(
		[solveig, '/cases/S-J3RF/urgent?/adopt', adopt],
		[jostein, '/cases/S-J3RF/urgent?/adopt', adopt]
	);
	expect(answers.map((one) => (one.includes('redirect') ? 'success' : one)).sort()).toEqual([
		'already_adopted',
		'success'
	]);
	expect(count('SELECT count(*) FROM urgent_report')).toBe(1);
});
