import { expect, test } from 'vitest';
import * as log from './log.ts';
import { catchLog } from './testing.ts';

test('an event is one line of JSON, with its moment and its fields', () => {
	const lines = catchLog();
	log.info('live.open', { documents: 3, mail: null });
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^[^\n]+\n$/);
	const { at, ...said } = JSON.parse(lines[0]!) as Record<string, unknown>;
	expect(said).toEqual({ level: 'info', event: 'live.open', documents: 3, mail: null });
	expect(new Date(String(at)).toISOString()).toBe(at);
});

test('the log says what broke and where, never what somebody wrote', () => {
	const lines = catchLog();
	log.fault('request', new Error('Ringje Kari om 14857134576'), { route: '/actions' });
	expect(lines[0]).toContain('"kind":"Error"');
	expect(lines[0]).toContain('/actions');
	expect(lines[0]).toContain('log.test.ts');
	expect(lines[0]).not.toContain('Kari');
});

test('of what is no error the kind is said, and a code where it has one', () => {
	const lines = catchLog();
	log.fault('request', 'Ringje Kari');
	log.fault('storage', { code: 'SQLITE_FULL', message: 'Kari' });
	expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
		expect.objectContaining({ level: 'fault', kind: 'string' }),
		expect.objectContaining({ level: 'fault', kind: 'object', code: 'SQLITE_FULL' })
	]);
	expect(lines.join()).not.toContain('Kari');
});
