import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';

const real = { ORIGIN: 'https://samrad.example.no' };

test('nothing set means the demo on this machine', () => {
	expect(readEnvironment({})).toEqual({
		mode: 'demo',
		data: 'data',
		metricsToken: null,
		origin: null,
		clock: null,
		copies: true,
		mail: null
	});
});

test('an origin means production', () => {
	const read = readEnvironment({ ORIGIN: 'https://samrad.example.no', SAMRAD_DATA: '/var/samrad' });
	expect(read).toMatchObject({ mode: 'production', origin: 'https://samrad.example.no' });
});

test('a mail server is read from its address, and mail goes out in production only', () => {
	const of = (address: string) =>
		readEnvironment({ ...real, SAMRAD_SMTP: address, SAMRAD_MAIL_FROM: 'samrad@example.no' }).mail;
	expect(of('smtp://post:p%40ss@mail.example.no')).toEqual({
		server: {
			host: 'mail.example.no',
			port: 587,
			secure: false,
			user: 'post',
			password: 'p@ss'
		},
		from: 'samrad@example.no'
	});
	expect(of('smtps://mail.example.no')?.server).toMatchObject({ port: 465, secure: true });
	expect(of('smtp://mail.example.no:25')?.server).toMatchObject({ port: 25, user: null });
	expect(readEnvironment(real).mail).toBeNull();
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
	[{ ...real, SAMRAD_SMTP: 'mail.example.no' }, 'SAMRAD_SMTP'],
	[{ ...real, SAMRAD_SMTP: 'https://mail.example.no' }, 'SAMRAD_SMTP'],
	[{ ...real, SAMRAD_SMTP: 'smtp://mail.example.no/?x=1' }, 'SAMRAD_SMTP'],
	[{ ...real, SAMRAD_SMTP: 'smtp://mail.example.no' }, 'SAMRAD_MAIL_FROM'],
	[{ ...real, SAMRAD_MAIL_FROM: 'Samråd <samrad@example.no>' }, 'SAMRAD_MAIL_FROM'],
	[{ SAMRAD_SMTP: 'smtp://127.0.0.1', SAMRAD_MAIL_FROM: 'a@b.example' }, 'SAMRAD_SMTP'],
	[{ SAMRAD_MODE: 'production' }, 'ORIGIN'],
	[{ ORIGIN: 'https://samrad.example.no', SAMRAD_CLOCK: '2026-11-23T08:00:00Z' }, 'SAMRAD_CLOCK']
])('%o is refused with a sentence that names %s', (variables, name) => {
	expect(() => readEnvironment(variables)).toThrow(`environment variable ${name} `);
});
