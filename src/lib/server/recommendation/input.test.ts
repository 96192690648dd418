import { beforeEach, expect, test } from 'vitest';
import { allocation } from '#lib/server/start/case-to-ruling/testing.ts';
import { openDemo, person } from '#lib/server/start/testing.ts';
import { assertWhole, readTexts, type RecommendationInput } from './input.ts';

beforeEach(openDemo);

const whole = (more: Partial<RecommendationInput> = {}) => assertWhole(allocation(more));
const criterion = { criterion: 'adult', finding: 'met', reason: null, words: '' } as const;

test('an allocation with a dwelling and a length is whole; what needs none goes without', () => {
	whole();
	whole({ outcome: 'refuse', dwelling: null, months: null });
	whole({ months: 12, shorter: 'kjøper snart eige' });
	whole({ followUnit: person('P08').unitId, followLevel: '2' });
	whole({ minority: 'heller tre år', dissenters: [person('P05').id] });
});

const lacking: [string, () => Partial<RecommendationInput>, string, string][] = [
	['an outcome that is none', () => ({ outcome: 'none' as never }), 'unknown_choice', 'outcome'],
	['no dwelling', () => ({ dwelling: null }), 'missing_choice', 'dwelling'],
	['a dwelling that is none', () => ({ dwelling: 'none' }), 'unknown_choice', 'dwelling'],
	['no length', () => ({ months: null }), 'missing_choice', 'months'],
	['a length of nothing', () => ({ months: 0 }), 'missing_choice', 'months'],
	['a length past a life', () => ({ months: 601 }), 'missing_choice', 'months'],
	[
		'a short lease without a reason',
		() => ({ months: 12, shorter: ' ' }),
		'missing_text',
		'shorter'
	],
	['a unit that is none', () => ({ followUnit: 'none' }), 'unknown_unit', 'followUnit'],
	[
		'a unit without a level',
		() => ({ followUnit: person('P08').unitId, followLevel: null }),
		...(['missing_choice', 'followLevel'] as const)
	],
	[
		'a level that is none',
		() => ({ followUnit: person('P08').unitId, followLevel: '99' }),
		...(['unknown_choice', 'followLevel'] as const)
	],
	[
		'a minority that says nothing',
		() => ({ dissenters: [person('P05').id] }),
		'missing_text',
		'minority'
	],
	[
		'a minority from outside',
		() => ({ minority: 'nei', dissenters: [person('P20').id] }),
		...(['unknown_person', 'dissenters'] as const)
	],
	[
		'a criterion that is none',
		() => ({ criteria: [{ ...criterion, criterion: 'none' }] }),
		...(['unknown_choice', 'criteria'] as const)
	],
	[
		'a reason that is none',
		() => ({ criteria: [{ ...criterion, reason: 'none' }] }),
		...(['unknown_choice', 'criteria'] as const)
	],
	['a measure that is none', () => ({ measures: ['none'] }), 'unknown_choice', 'measures']
];

test.each(lacking)('%s is refused at its field', (_, more, reason, field) => {
	expect(() => whole(more())).toThrow(expect.objectContaining({ reason, place: { field } }));
});

test('its texts are read as they may be stored', () => {
	expect(readTexts(allocation({ wish: ' sentrum  ' }))).toMatchObject({
		wish: 'sentrum',
		text: ''
	});
	for (const field of ['shorter', 'reasons', 'wish', 'minority', 'text'] as const) {
		expect(() => readTexts(allocation({ [field]: 'Ringje 14857134576' }))).toThrow(
			'identifier_in_text'
		);
		expect(() => readTexts(allocation({ [field]: 'a'.repeat(30_000) }))).toThrow('text_too_long');
	}
});
