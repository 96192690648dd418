import { beforeEach, expect, test } from 'vitest';
import { speak } from '#lib/server/municipality/language.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as letters from './letters.ts';
import type { Reminder } from './reminders.ts';

beforeEach(() => clock.set(Date.parse('2026-11-23T08:00:00Z')));

const origin = 'https://samrad.example.no';
const action = (number: number, due: string): Reminder => ({
	kind: 'action',
	id: `${number}`,
	code: `O-${number}`,
	due,
	unit: null,
	source: 'OBG 1/26',
	case: null
});

test('a digest says what is late, what is due and what waits, each under its heading', () => {
	const all: Reminder[] = [
		action(3, '2026-11-01'),
		{ ...action(8, '2026-11-30'), unit: 'Nav Sunnøy' } as Reminder,
		{ kind: 'ruling', id: 'r', code: 'V-099', case: 'S-T6ZB', since: '2026-11-18' },
		{ kind: 'appeal', id: 'a', code: 'V-093', case: 'S-9TWB', due: '2026-11-27' },
		{ kind: 'reply', id: 'c', code: 'S-D8VS', due: '2026-11-02' },
		{ kind: 'reply', id: 'd', code: 'S-R2PD', due: '2026-11-25' }
	];
	const { subject, text } = speak('nn', () => letters.digest(all, origin));
	expect(subject).toBe('Samråd: påminningar må. 23. nov.');
	expect(text).toBe(`Over fristen
- O-3 (OBG 1/26): fristen var sø. 1. nov.

Frist dei neste sju dagane
- O-8 (OBG 1/26, Nav Sunnøy): frist må. 30. nov.

Innstillingar som ventar på vedtak
- V-099 (sak S-T6ZB): send til vedtak on. 18. nov.

Klagefristar som går ut dei neste sju dagane
- V-093 (sak S-9TWB): klagefristen går ut fr. 27. nov.

Svar eller førebels svar til søkjaren
- sak S-D8VS: fristen var må. 2. nov.
- sak S-R2PD: frist on. 25. nov.

Logg inn for å sjå meir: ${origin}/

Du får høgst éin slik e-post om dagen. Vel når, eller slå han av: ${origin}/settings
`);
});

test('of very much the first are named and the rest counted', () => {
	const all = Array.from({ length: 25 }, (_, index) => action(index, '2026-11-01'));
	const { text } = speak('en', () => letters.digest(all, origin));
	expect(text).toContain('- O-19 (OBG 1/26): was due Sun 1 Nov\n- and 5 more\n');
	expect(text).not.toContain('O-20');
});

test('what is said in one language leaves the others alone, however they interleave', () => {
	const subject = () => letters.digest([action(3, '2026-11-01')], origin).subject;
	const within = speak('en', () => [subject(), speak('nb', subject), subject()]);
	expect(within).toEqual([
		'Samråd: reminders Mon 23 Nov',
		'Samråd: påminnelser ma. 23. nov.',
		'Samråd: reminders Mon 23 Nov'
	]);
});
