import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { caller, type Caller, get, post } from '../callers.ts';
import type { RunningServer } from '../server.ts';

/*
 * What people do in the made-up municipality for some days, so that a database holds something in
 * every table: the demo brings cases, recommendations and rulings, and this the rest. By requests
 * alone, and without imports from src, so that it runs beside every version of the program.
 */

/** A step that the program refused, and how. */
export interface Refused {
	step: string;
	answer: string;
}

type Fields = Record<string, string | string[]>;

/** The demo's people by what they do in the board. */
const people = { chair: 'P03', secretary: 'P04', member: 'P05', ruler: 'P02' };
const [host, speaker, outsider] = ['P09', 'P20', 'P06'];

/** Lives those days; every step is tried, and those that were refused are returned. */
export async function live(server: RunningServer): Promise<Refused[]> {
	const refused: Refused[] = [];
	const signedIn = new Map<string, Caller>();
	const as = async (code: string) => {
		const known = signedIn.get(code) ?? (await caller(server, code));
		signedIn.set(code, known);
		return known;
	};
	const attempt = async (step: string, work: () => Promise<unknown>) => {
		try {
			await work();
		} catch (no) {
			refused.push({ step, answer: no instanceof Error ? no.message : String(no) });
		}
	};
	/** Sends a form, and returns where it leads. */
	const send = async (step: string, who: string, path: string, fields: Fields) => {
		let place = '';
		await attempt(step, async () => {
			const answer = await post(await as(who), path, fields, { accept: 'application/json' });
			const text = await answer.text();
			const { type, location } = readAnswer(text);
			if (answer.status >= 400 || type === 'failure' || type === 'error')
				throw new Error(`${answer.status} ${text.slice(0, 160)}`);
			place = location;
		});
		return place;
	};
	const look = (who: string, path: string) =>
		attempt(path, async () => {
			const answer = await get(await as(who), path);
			await answer.arrayBuffer();
			if (answer.status >= 400) throw new Error(String(answer.status));
		});
	const write = (step: string, who: string, document: string, edit: (doc: Y.Doc) => void) =>
		attempt(step, async () => type(await as(who), document, edit));

	const { chair, secretary, member, ruler } = people;
	const id = (sql: string, ...values: unknown[]) => find(server, sql, ...values);
	const person = (code: string) => id('SELECT id FROM person WHERE code = ?', code);
	const board = id("SELECT id FROM forum WHERE code = 'BR'");
	const meeting = id("SELECT id FROM meeting WHERE forum = ? AND number = '22/26'", board);
	const here = `/meetings/${meeting}`;
	const item = (code: string) =>
		id(
			`SELECT agenda_item.id FROM agenda_item JOIN case_card ON case_card.id = case_id
			 WHERE meeting = ? AND code = ?`,
			meeting,
			code
		);
	const first = (list: string) =>
		id('SELECT code FROM choice WHERE list = ? ORDER BY pos LIMIT 1', list);

	const place = await send('a case is registered', secretary, '/cases/new', {
		forum: board,
		household: first('household'),
		age: first('age'),
		situation: first('situation'),
		bedrooms: first('bedrooms'),
		followUp: first('follow_up'),
		monthIn: '2026-11',
		applied: '2026-11-18',
		unit: id('SELECT unit FROM person WHERE code = ?', secretary),
		measures: [first('measure')]
	});
	const made = place.slice('/cases/'.length);
	await send('it is assessed', secretary, `${place}?/step`, { verb: 'assess' });
	await send('it waits for the council', secretary, `${place}?/step`, { verb: 'queue' });
	await send('its applicant is told', secretary, `${place}?/replied`, { on: '2026-11-20' });
	await send('a case is put on the agenda', chair, `${here}?/putCase`, {
		case: id('SELECT id FROM case_card WHERE code = ?', made),
		title: 'Ny søknad'
	});
	await send('a meeting is planned', chair, '/forums/br?/plan', {
		date: '2027-01-12',
		starts: '09:00',
		ends: '11:00',
		place: 'Rådhuset',
		theme: ''
	});
	await send(
		'it is cancelled',
		chair,
		`/meetings/${id("SELECT id FROM meeting WHERE forum = ? AND date = '2027-01-12'", board)}?/move`,
		{ step: 'cancel', reason: 'Kollisjon med eit anna møte' }
	);
	await send('something is proposed', member, '/forums/br?/propose', {
		title: 'Rutine for nøkkelbytte',
		minutes: '10'
	});
	await send('it is taken onto the agenda', chair, `${here}?/takeOnto`, {
		id: id('SELECT id FROM backlog_item LIMIT 1')
	});
	await send('something else is proposed', member, '/forums/br?/propose', {
		title: 'Brannvern i bufellesskapa',
		minutes: '15'
	});
	await send('somebody is taken in', chair, '/forums/br?/addMember', {
		person: person('P14'),
		role: 'observer'
	});

	await send('somebody else leads an item', chair, `${here}?/appoint`, {
		person: person(member),
		role: 'chair',
		item: item('S-K6YJ')
	});
	await send('the meeting opens', chair, `${here}?/move`, { step: 'open' });
	for (const code of [chair, secretary, member, outsider])
		await send(`${code} is there`, chair, `${here}?/attendance`, {
			person: person(code),
			status: 'present'
		});
	await send('a case is up', chair, `${here}?/goTo`, { item: item('S-G5MQ'), from: '' });
	await write('its minutes are written', secretary, `item:${item('S-G5MQ')}`, (doc) =>
		addParagraphs(doc.getXmlFragment('text'), [
			'Rådet drøfta saka og såg på dei ledige bustadene.',
			'Denne lina skal slettast for godt.'
		])
	);
	await write('an open item is written', member, `agenda:${meeting}`, (doc) => {
		for (const fields of doc.getMap<Y.Map<unknown>>('items').values()) {
			const text = fields.get('text');
			if (!(text instanceof Y.XmlFragment)) continue;
			return addParagraphs(text, ['Innkallinga vart godkjend.']);
		}
	});
	await send('somebody is perhaps not impartial', outsider, `${here}?/raise`, {
		item: item('S-2WHK'),
		person: person(outsider),
		reason: 'close_tie'
	});
	await send('he is', chair, `${here}?/answer`, {
		id: id('SELECT id FROM recusal ORDER BY at DESC LIMIT 1')
	});
	await send('a recommendation is written', secretary, `${here}?/recommend`, {
		item: item('S-G5MQ'),
		outcome: 'other_help',
		reasons: 'Behovet kan løysast med oppfølging heime.',
		language: 'nn',
		months: '',
		version: '',
		'finding-adult': 'met',
		'reason-adult': 'documented'
	});
	const written = id(
		'SELECT id FROM recommendation WHERE item = ? ORDER BY code DESC LIMIT 1',
		item('S-G5MQ')
	);
	await send('it is adopted', chair, `${here}?/adopt`, {
		id: written,
		version: id('SELECT version FROM recommendation WHERE id = ?', written)
	});
	await send('another is begun', secretary, `${here}?/recommend`, {
		item: item('S-D8VS'),
		outcome: 'refuse',
		reasons: 'Søkjaren har eigna bustad.',
		language: 'nn',
		months: '',
		version: ''
	});
	await send('its text is opened', secretary, `${here}?/openText`, {
		id: id('SELECT id FROM recommendation WHERE item = ?', item('S-D8VS'))
	});
	await write('and written on', chair, `item:${item('S-D8VS')}`, (doc) =>
		addParagraphs(doc.getXmlFragment('recommendation'), ['Rådet tek saka opp att om eit år.'])
	);
	await send('something is decided', chair, `${here}?/decide`, {
		item: item('S-G5MQ'),
		text: 'Rutinen for synfaring vert prøvd i eitt år.',
		reasons: 'Fleire saker har venta på synfaring.',
		reviewOn: '2027-11-01'
	});
	await send('something is to be done', chair, `${here}?/action`, {
		item: item('S-G5MQ'),
		what: 'Avtale synfaring',
		responsible: `person:${person(member)}`,
		due: '2026-12-15',
		case: ''
	});
	for (const code of ['S-G5MQ', 'S-2WHK', 'S-D8VS', 'S-J3RF'])
		await send(`${code} is concluded`, chair, `${here}?/conclude`, {
			item: item(code),
			outcome: 'concluded'
		});
	await send('a version is kept', secretary, `${here}/versions?/keep`, { name: 'Før gjennomsyn' });
	await send('a line is erased', chair, `${here}?/erase`, {
		item: item('S-G5MQ'),
		selected: 'Denne lina skal slettast for godt.',
		reason: 'third_party'
	});
	await send('the meeting ends', chair, `${here}?/move`, { step: 'close' });
	await send('a correction is proposed', member, `${here}?/correct`, {
		item: item('S-G5MQ'),
		text: 'Det var to bustader, ikkje tre'
	});
	await send('it is taken in', secretary, `${here}?/settle`, {
		id: id('SELECT id FROM correction LIMIT 1'),
		status: 'taken'
	});
	await send('the minutes are locked', chair, `${here}?/move`, { step: 'lock' });
	await send('the recommendation is sent on', chair, `/cases/S-G5MQ?/sendOn`, {
		id: written,
		tracks: ['B']
	});
	const ruling = `/rulings/${id('SELECT code FROM ruling ORDER BY code DESC LIMIT 1')}`;
	await send('it is ruled on', ruler, `${ruling}?/decide`, {
		stance: 'follow',
		result: 'granted',
		content: 'Oppfølging heime',
		noticeOn: '2026-11-23'
	});
	const task = id("SELECT task FROM proposed_task WHERE outcome = 'other_help' LIMIT 1");
	await send('the work is sent out', chair, `${ruling}?/start`, {
		take: task,
		[`unit-${task}`]: id(
			"SELECT unit FROM matrix_cell WHERE task = ? AND letters LIKE '%R%'",
			task
		),
		[`what-${task}`]: 'Oppfølging heime: S-G5MQ',
		[`due-${task}`]: '2026-12-18'
	});
	await send('an appeal comes in', secretary, `${ruling}?/appeal`, {
		verb: 'receive',
		on: '2026-11-23',
		result: ''
	});

	const waiting = `/cases/${made}/urgent`;
	await send('something cannot wait', chair, `${waiting}?/recommend`, {
		item: id('SELECT id FROM case_card WHERE code = ?', made),
		outcome: 'refuse',
		reasons: 'Vilkåra er ikkje oppfylte.',
		language: 'nn',
		months: '',
		version: ''
	});
	const urgent = id('SELECT id FROM recommendation WHERE item IS NULL LIMIT 1');
	await send('it is decided between meetings', chair, `${waiting}?/adopt`, {
		id: urgent,
		version: id('SELECT version FROM recommendation WHERE id = ?', urgent),
		why: 'Kan ikkje vente til neste møte'
	});
	await send('words of a case are erased', chair, `/cases/${made}/erase?/erase`, {
		words: 'oppfylte',
		reason: 'third_party'
	});

	const action = (order: string) => id(`SELECT id FROM action ORDER BY code ${order} LIMIT 1`);
	const page = `/actions/${id('SELECT code FROM action ORDER BY code DESC LIMIT 1')}`;
	await send('an action waits', chair, `${page}?/status`, {
		id: action('DESC'),
		status: 'waiting',
		waitingText: 'svar frå utleigaren'
	});
	await send('it is handed over', chair, `${page}?/offer`, {
		id: action('DESC'),
		to: `person:${person(outsider)}`,
		note: 'Du er nærmare'
	});
	await send('another is done', chair, '/actions?/done', { id: action('ASC'), done: 'true' });

	const day = id(
		"SELECT id FROM meeting WHERE number = '2/26' AND forum = (SELECT id FROM forum WHERE code = 'BSF')"
	);
	await send('a talk is proposed', speaker, `/talks/new?meeting=${day}`, {});
	const talk = id('SELECT id FROM talk LIMIT 1');
	await write('and written', speaker, `talk:${talk}`, (doc) => {
		const title = doc.getMap<unknown>('about').get('title');
		if (title instanceof Y.Text) title.insert(0, 'Tilvisingsavtalar i praksis');
	});
	await send('it is accepted', host, `/talks/${talk}?/accept`, { seen: 'proposed' });
	await send('it gets its place', host, `/talks/${talk}?/place`, { after: '' });

	await send('somebody wants no reminders', member, '/settings?/choose', {
		calls: 'on',
		from: '18:00',
		until: '07:00'
	});
	await send('somebody gets a calendar', member, '/settings?/openFeed', {});
	// Last, since an erasing forgets which forms were sent.
	await send('a form is known again', member, '/forums/br?/propose', {
		_id: '0b6c1f0e-6d3f-4d53-9a52-3f1f5b1f0c11',
		title: 'Felles liste over tilvisingsbustader',
		minutes: '10'
	});
	for (const code of Object.values(people)) await look(code, '/');
	return refused;
}

/** What Kit says of a form: JSON, since it was asked for. */
function readAnswer(text: string): { type: string; location: string } {
	try {
		const { type = '', location = '' } = JSON.parse(text) as { type?: string; location?: string };
		return { type, location };
	} catch {
		return { type: '', location: '' };
	}
}

/** The first value of the first row that the server has on its disk; '' when there is none. */
function find(server: RunningServer, sql: string, ...values: unknown[]): string {
	const database = new Database(join(server.data, 'samrad.db'), { readonly: true });
	try {
		return String(
			database
				.prepare(sql)
				.pluck()
				.get(...values) ?? ''
		);
	} catch {
		// A version that does not have this table yet.
		return '';
	} finally {
		database.close();
	}
}

function addParagraphs(fragment: Y.XmlFragment, lines: string[]): void {
	const paragraphs = lines.map((line) => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText(line)]);
		return paragraph;
	});
	fragment.insert(fragment.length, paragraphs);
}

/** y-websocket's number for what the server echoes when everything before it is on its disk. */
const acknowledge = 102;
const patience = 5_000;

/** Opens a live document, changes it, and leaves when that is saved. */
async function type(who: Caller, document: string, edit: (doc: Y.Doc) => void): Promise<void> {
	const { cookie, server } = who;
	class Socket extends WebSocket {
		constructor(url: string, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie, origin: server.url } });
		}
	}
	const doc = new Y.Doc();
	const epoch = find(server, 'SELECT epoch FROM document WHERE id = ?', document) || '1';
	const address = `ws://127.0.0.1:${server.port}/live`;
	const provider = new WebsocketProvider(address, `${document}@${epoch}`, doc, {
		disableBc: true,
		WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket
	});
	try {
		await within(document, (done) => provider.once('sync', done));
		edit(doc);
		await within(document, (done) => {
			provider.messageHandlers[acknowledge] = (_encoder, decoder) => done(readVarUint(decoder));
			const encoder = createEncoder();
			writeVarUint(encoder, acknowledge);
			writeVarUint(encoder, 1);
			provider.ws?.send(toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
		});
	} finally {
		provider.destroy();
		doc.destroy();
	}
}

function within(what: string, begin: (done: (value: unknown) => void) => void): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`${what} did not answer.`)), patience);
		begin((value) => {
			clearTimeout(late);
			resolve(value);
		});
	});
}
