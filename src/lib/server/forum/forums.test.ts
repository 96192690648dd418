import { beforeEach, describe, expect, test } from 'vitest';
import { may } from '#lib/domain/may.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import { actor, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as forums from './forums.ts';

beforeEach(openDemo);

const role = (code: string) => actor(code).roles[forumId('BR')];
const member = (code: string) => ({ person: person(code).id });

describe('members of a forum', () => {
	test('are let in, given roles and let go by the chair, each deed on record', () => {
		forums.addMember(actor('P03'), forumId('BR'), { ...member('P17'), role: 'observer' });
		expect(role('P17')).toBe('observer');
		forums.changeRole(actor('P03'), forumId('BR'), { ...member('P17'), role: 'member' });
		expect(role('P17')).toBe('member');
		forums.removeMember(actor('P03'), forumId('BR'), person('P17').id);
		expect(role('P17')).toBeUndefined();
		const verbs = sqlite()
			.prepare("SELECT deed FROM audit WHERE deed LIKE 'member.%' ORDER BY seq")
			.pluck()
			.all();
		expect(verbs).toEqual(['member.add.observer', 'member.role.member', 'member.remove']);
	});

	test.each(['P04', 'P05', 'P13', 'P12'])('are not for %s to change', (who) => {
		expect(() => forums.removeMember(actor(who), forumId('BR'), person('P06').id)).toThrow(
			'not_allowed'
		);
		expect(role('P06')).toBe('member');
	});

	test('of a forum that does not exist for somebody from outside, cannot be named by them', () => {
		expect(() => forums.read(actor('P20'), 'br')).toThrow('not_found');
		expect(() =>
			forums.addMember(actor('P20'), forumId('BR'), { ...member('P20'), role: 'chair' })
		).toThrow('not_found');
	});

	test('always include a chair', () => {
		expect(() => forums.removeMember(actor('P03'), forumId('BR'), person('P03').id)).toThrow(
			'last_chair'
		);
		expect(() =>
			forums.changeRole(actor('P03'), forumId('BR'), { ...member('P03'), role: 'member' })
		).toThrow('last_chair');
	});

	test('are let in once, and must exist', () => {
		const add = (who: { person: string }) => () =>
			forums.addMember(actor('P03'), forumId('BR'), { ...who, role: 'member' });
		expect(add(member('P05'))).toThrow('already_member');
		expect(add({ person: crypto.randomUUID() })).toThrow('unknown_person');
	});
});

test('meetings are planned by the chair and the secretary', () => {
	const plans = (who: string) => may(actor(who), 'plan', forums.subject(forums.findByCode('BR')!));
	expect(['P03', 'P04', 'P05', 'P13', 'P14'].filter(plans)).toEqual(['P03', 'P04']);
	const input = {
		date: '2026-12-21',
		starts: '09:00',
		ends: '10:00',
		place: 'Rådhuset',
		theme: ''
	};
	expect(() => lifecycle.plan(actor('P05'), forumId('BR'), input)).toThrow('not_allowed');
	expect(lifecycle.plan(actor('P04'), forumId('BR'), input)).toMatch(/^[0-9a-f-]{36}$/);
});

test('every employee reads mandate and members, but only those who belong see the meetings', () => {
	const board = forums.read(actor('P14'), 'BR');
	expect(forums.meetings(actor('P14'), board)).toEqual([]);
	expect(forums.meetings(actor('P05'), board)).toHaveLength(5);
	expect(forums.meetings(actor('P13'), board)).toEqual([]);
	expect(forums.meetings(actor('P14'), forums.read(actor('P14'), 'BSF'))).toHaveLength(4);
});
