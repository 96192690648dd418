import { expect, test } from 'vitest';
import { Histogram } from '#lib/server/live/meters.ts';
import { contentType, counter, gauge, histogram } from './exposition.ts';

test('a gauge and a counter say what they are, then how much', () => {
	expect(gauge('samrad_sockets', 'Open sockets.', 3)).toBe(
		'# HELP samrad_sockets Open sockets.\n# TYPE samrad_sockets gauge\nsamrad_sockets 3'
	);
	expect(counter('samrad_edits_total', 'Edits.', 0)).toContain('# TYPE samrad_edits_total counter');
	expect(contentType).toContain('version=0.0.4');
});

test('labels are quoted, and nothing in them can end a line or a value', () => {
	const told = gauge('x', 'X.', [
		{ labels: { kind: 'agenda', code: 4401 }, value: 1 },
		{ labels: { kind: 'a"b\\c\nd' }, value: 2 }
	]).split('\n');
	expect(told.slice(2)).toEqual(['x{kind="agenda",code="4401"} 1', 'x{kind="a\\"b\\\\c\\nd"} 2']);
});

test('the buckets of a histogram add up, the last holds all', () => {
	const held = new Histogram([0.1, 1]);
	for (const seconds of [0.05, 0.5, 0.6, 7]) held.observe(seconds);
	expect(histogram('x', 'X.', held).split('\n').slice(2)).toEqual([
		'x_bucket{le="0.1"} 1',
		'x_bucket{le="1"} 3',
		'x_bucket{le="+Inf"} 4',
		`x_sum ${held.sum}`,
		'x_count 4'
	]);
});
