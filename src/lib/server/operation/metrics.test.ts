import { expect, test } from 'vitest';
import { addItem } from '#lib/domain/agenda.ts';
import { Close } from '#lib/domain/wire.ts';
import * as meters from '#lib/server/live/meters.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as t from '#lib/server/live/testing.ts';
import { counter } from './exposition.ts';
import * as metrics from './metrics.ts';

t.useEngine();

/** The value of a line such as `samrad_live_sockets{of="documents"}`. */
function valueOf(line: string, text = metrics.render()): number {
	const found = text.split('\n').find((one) => one.startsWith(`${line} `));
	if (found === undefined) throw new Error(`There is no line ${line}.`);
	return Number(found.split(' ').at(-1));
}

const fixed = (title: string) => ({
	id: crypto.randomUUID(),
	title,
	kind: 'fixed' as const,
	minutes: 5
});

test('an edit over a socket is counted, and how long it took to store it and to say so', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'read' });
	const before = metrics.render();
	const anna = await new t.Person(name, 'anna').synced();
	await new t.Person(name, 'bo').synced();
	addItem(anna.doc, fixed('Løyndom'));
	await anna.saved();
	const after = metrics.render();
	const grown = (line: string) => valueOf(line, after) - valueOf(line, before);
	expect(grown('samrad_live_edits_total')).toBe(1);
	expect(grown('samrad_live_ack_seconds_count')).toBe(1);
	expect(grown('samrad_live_ack_seconds_sum')).toBeGreaterThan(0);
	expect(grown('samrad_live_flush_seconds_count')).toBeGreaterThanOrEqual(1);
	expect(valueOf('samrad_live_documents{kind="agenda"}', after)).toBe(1);
	expect(valueOf('samrad_live_sockets{of="documents"}', after)).toBe(2);
	expect(valueOf('samrad_live_log_rows', after)).toBe(1);
	expect(valueOf('samrad_live_log_bytes', after)).toBeGreaterThan(10);
});

test('a socket of events counts as one, and is no document', async () => {
	await new t.Raw('/live/events?person=anna').open();
	await t.until(() => valueOf('samrad_live_sockets{of="events"}') === 1);
	expect(valueOf('samrad_live_sockets{of="documents"}')).toBe(0);
});

test('closings are counted by code when we close, and not when the other end does', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const line = (code: number) => `samrad_live_closings_total{code="${code}"}`;
	const before = metrics.render();
	const raw = await t.Raw.to(name, 'anna').open();
	raw.send(77, 1);
	expect(await raw.closed).toBe(Close.malformed);
	expect(await t.Raw.to(name, 'eve').closed).toBe(Close.unknown);
	const own = await t.Raw.to(name, 'anna').open();
	own.socket.close(Close.tooLarge);
	await own.closed;
	const after = metrics.render();
	const grown = (code: number) => valueOf(line(code), after) - valueOf(line(code), before);
	expect([Close.malformed, Close.unknown, Close.tooLarge].map(grown)).toEqual([1, 1, 0]);
});

test('a page of another origin is counted as turned away', async () => {
	const before = valueOf('samrad_live_turned_away_total{status="403"}');
	const raw = new t.Raw('/live/events?person=anna', 'https://evil.test');
	await raw.closed;
	expect(valueOf('samrad_live_turned_away_total{status="403"}')).toBe(before + 1);
});

test('a refused commit is counted', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const before = valueOf('samrad_live_failed_commits_total');
	t.project.with = () => {
		throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
	};
	addItem(anna.doc, fixed('X'));
	expect(await anna.closed()).toBe(Close.storageRefuses);
	t.project.with = () => {};
	expect(valueOf('samrad_live_failed_commits_total')).toBe(before + 1);
});

test('the whole is well-formed, each name said once, and holds neither a name, an id nor a word', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	addItem(anna.doc, fixed('Løyndom'));
	await anna.saved();
	const lines = metrics.render().trimEnd().split('\n');
	const sample = /^[a-z_]+(\{[a-z_]+="[^"]*"\})? (\d+(\.\d+)?(e[+-]\d+)?|NaN)$/;
	for (const line of lines) expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) / : sample);
	const types = lines.filter((line) => line.startsWith('# TYPE'));
	expect(new Set(types).size).toBe(types.length);
	expect(lines.join()).not.toMatch(/NaN|anna|Løyndom|[0-9a-f]{8}-/);
	expect(rooms.census().sockets).toBe(1);
});

test('buckets add up, and say within what most of it lies', () => {
	const held = new meters.Histogram([0.001, 0.01]);
	expect(held.within(0.5)).toBeNull();
	for (const seconds of [0.0005, 0.001, 0.002, 5]) held.observe(seconds);
	expect(held.counts).toEqual([2, 1, 1]);
	expect([held.within(0.5), held.within(0.75), held.within(0.99)]).toEqual([0.001, 0.01, null]);
	expect(held.count).toBe(4);
});

test('what a label says cannot end it', () => {
	const text = counter('x_total', 'X.', [{ labels: { a: 'b"} 1\n\\' }, value: 2 }]);
	expect(text.split('\n').at(-1)).toBe('x_total{a="b\\"} 1\\n\\\\"} 2');
});

test('only the right token lets in', () => {
	expect(metrics.isLetIn('Bearer abcdefghijklmnop', 'abcdefghijklmnop')).toBe(true);
	for (const header of [null, '', 'Bearer', 'Bearer x', 'Basic abcdefghijklmnop'])
		expect(metrics.isLetIn(header, 'abcdefghijklmnop')).toBe(false);
});
