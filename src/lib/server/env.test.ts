import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';

test('nothing set means the demo on this machine', () => {
	expect(readEnvironment({})).toEqual({
		mode: 'demo',
		data: 'data',
		metricsToken: null,
		origin: null,
		clock: null,
		copies: true
	});
});

test('an origin means production', () => {
	const read = readEnvironment({ ORIGIN: 'https://samrad.example.no', SAMRAD_DATA: '/var/samrad' });
	expect(read).toMatchObject({ mode: 'production', origin: 'https://samrad.example.no' });
});

test.each([
	[{ PORT: 'http' }, 'PORT'],
	[{ PORT: '70000' }, 'PORT'],
	[{ ORIGIN: 'samrad.example.no' }, 'ORIGIN'],
	[{ ORIGIN: 'https://samrad.example.no/' }, 'ORIGIN'],
	[{ ORIGIN: 'http://samrad.example.no' }, 'ORIGIN'],
	[{ SAMRAD_DATA: '' }, 'SAMRAD_DATA'],
	[{ SAMRAD_MODE: 'test' }, 'SAMRAD_MODE'],
	[{ SAMRAD_METRICS_TOKEN: 'short' }, 'SAMRAD_METRICS_TOKEN'],
	[{ SAMRAD_CLOCK: 'monday' }, 'SAMRAD_CLOCK'],
	[{ SAMRAD_COPIES: 'maybe' }, 'SAMRAD_COPIES'],
	[{ SAMRAD_MODE: 'production' }, 'ORIGIN'],
	[{ ORIGIN: 'https://samrad.example.no', SAMRAD_CLOCK: '2026-11-23T08:00:00Z' }, 'SAMRAD_CLOCK']
])('%o is refused with a sentence that names %s', (variables, name) => {
	expect(() => readEnvironment(variables)).toThrow(`environment variable ${name} `);
});
