import { expect, test } from 'vitest';
import {
	auditKinds,
	type AuditSubject,
	auditSubject,
	type Topic,
	topicKinds,
	topicOf
} from './topic.ts';

test('a topic is its kind and an id, as the stream and its browsers know it', () => {
	expect(topicKinds.map((kind) => topicOf(kind, '1a'))).toEqual([
		'agenda:1a',
		'case:1a',
		'forum:1a',
		'meeting:1a',
		'person:1a',
		'talk:1a'
	]);
});

test('a subject of the audit trail is written as the rows that are there have it', () => {
	expect(auditKinds.map((kind) => auditSubject(kind, '1a'))).toEqual([
		'action:1a',
		'case:1a',
		'decision:1a',
		'forum:1a',
		'item:1a',
		'matrix:1a',
		'meeting:1a',
		'person:1a',
		'recommendation:1a',
		'recusal:1a',
		'register:1a',
		'ruling:1a',
		'talk:1a'
	]);
});

test('a kind that there is not is no topic and no subject: the type check says so', () => {
	// @ts-expect-error: misspelt
	expect(topicOf('meting', '1a')).toBe('meting:1a');
	// @ts-expect-error: nothing is told of rulings by themselves
	const topic: Topic = 'ruling:1a';
	// @ts-expect-error: misspelt
	const subject: AuditSubject = 'rulling:1a';
	expect([topic, subject]).toHaveLength(2);
});
