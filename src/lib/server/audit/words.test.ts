import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionStatuses } from '#lib/domain/action.ts';
import { type CaseStepName, caseStepNames } from '#lib/domain/case-progress.ts';
import { languages } from '#lib/domain/language.ts';
import { outcomes, steps } from '#lib/domain/meeting.ts';
import { talkStepNames } from '#lib/domain/talk.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { speak } from '#lib/server/municipality/language.ts';
import { findingText, wordFor } from './words.ts';

const keepers = 'src/lib/server';

/** Commands that a keeper names as they are. */
function named(): string[] {
	const files = readdirSync(keepers, { recursive: true, encoding: 'utf8' });
	const sources = files
		.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
		.map((file) => readFileSync(join(keepers, file), 'utf8'));
	const calls = sources.flatMap(
		(source) => source.match(/audit\.(?:record|erased)\([^;]*;/g) ?? []
	);
	return calls
		.flatMap((call) => call.match(/'[a-z_]+\.[a-z_.]+'/g) ?? [])
		.map((one) => one.slice(1, -1));
}

/** Those that are put together: from a step, a state, a role. */
const made = [
	...caseStepNames.map((verb) => `case.${verb}`),
	...actionStatuses.map((status) => `action.${status}`),
	...['accepted', 'declined', 'withdrawn', 'reopen'].map((verb) => `action.${verb}`),
	...Object.keys(steps).map((step) => `meeting.${step}`),
	...['attendance', 'deputy_called', 'deputy_ended', 'appoint.chair'].map(
		(one) => `meeting.${one}`
	),
	...[...outcomes, 'reopened'].map((one) => `item.${one}`),
	...['taken', 'left'].map((one) => `correction.${one}`),
	...['disqualified', 'impartial'].map((one) => `recusal.${one}`),
	...['follow', 'depart', 'send_back', 'notify'].map((one) => `ruling.${one}`),
	...['receive', 'forward', 'decide'].map((one) => `ruling.appeal.${one}`),
	...talkStepNames.map((step) => `talk.${step}`),
	...['describe', 'name_applicant'].map((one) => `matrix.${one}`),
	...['add.member', 'role.chair'].map((one) => `member.${one}`),
	...['decisions', 'rulings', 'actions'].map((register) => `${register}.export`),
	...['case', 'recommendation', 'ruling', 'recusal', 'decision', 'action'].map(
		(kind) => `${kind}.vouch`
	)
];

test('everything that a keeper notes has a word', () => {
	expect(named().length).toBeGreaterThan(35);
	const wordless = [...new Set([...named(), ...made])].filter((verb) => wordFor(verb) === verb);
	expect(wordless).toEqual([]);
});

test.each(languages)('a step of a case is called what its own page calls it, in %s', (language) => {
	const said = (verb: CaseStepName) =>
		speak(language, () => wordFor(`case.${verb}`).split(': ')[1]);
	expect(caseStepNames.map(said)).toEqual(
		caseStepNames.map((verb) => m[`case_step_${verb}`]({}, { locale: language }))
	);
});

test('a recommendation and an action are called what the rest of Samråd calls them', () => {
	expect(wordFor('recommendation.send')).toBe('Innstilling: send til vedtak');
	expect(wordFor('action.done')).toBe('Oppfølgingspunkt: utført');
	expect(speak('nb', () => wordFor('recommendation.adopt'))).toBe('Innstilling: vedtatt i rådet');
});

test('a deed that nobody knows is called by what it is', () => {
	expect(wordFor('dwelling.paint')).toBe('dwelling.paint');
});

test('what a check has found is said of the thing that it was found at', () => {
	expect(findingText({ kind: 'differs', subject: 'ruling:1a2b3c4d-5e6f' })).toBe(
		'Vedtak 1a2b3c4d er endra utanom Samråd.'
	);
});
