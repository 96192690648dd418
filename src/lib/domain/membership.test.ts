import { expect, test } from 'vitest';
import { isSummoned, membershipRoles, takesPart } from './membership.ts';

test('who takes part is chair, secretary or member', () => {
	expect(membershipRoles.filter(takesPart)).toEqual(['chair', 'secretary', 'member']);
});

test('who is called to every meeting is neither a deputy nor one who looks on', () => {
	expect(membershipRoles.filter(isSummoned)).toEqual(['chair', 'secretary', 'member', 'speaker']);
});
