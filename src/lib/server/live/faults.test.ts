import { afterEach, expect, test } from 'vitest';
import { catchLog } from '#lib/server/platform/testing.ts';
import { fault, type Listener, onFault } from './faults.ts';

const first = onFault(() => {});
onFault(first);
afterEach(() => void onFault(first));

test('unless told otherwise a fault goes to the log, with its document and without its message', () => {
	const lines = catchLog();
	fault('live.flush', new Error('Kari'), 'agenda:a');
	expect(JSON.parse(lines[0]!)).toMatchObject({ event: 'live.flush', document: 'agenda:a' });
	expect(lines.join()).not.toContain('Kari');
});

test('whoever listens instead hears all of it, and learns who listened before', () => {
	const lines = catchLog();
	const heard: unknown[][] = [];
	const listener: Listener = (...told) => heard.push(told);
	expect(onFault(listener)).toBe(first);
	const error = new Error('x');
	fault('live.flush', error);
	expect(heard).toEqual([['live.flush', error, undefined]]);
	expect(lines).toEqual([]);
	expect(onFault(first)).toBe(listener);
});
