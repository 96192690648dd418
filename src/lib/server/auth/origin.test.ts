import { expect, test } from 'vitest';
import { isOurs, isSafe } from './origin.ts';

const ours = 'https://samrad.example';

test.each([
	['a form of ours', { origin: ours, 'sec-fetch-site': 'same-origin' }, true],
	['a browser that does not tell the site', { origin: ours }, true],
	['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
	['a neighbour under the same domain', { origin: ours, 'sec-fetch-site': 'same-site' }, false],
	['the same host without encryption', { origin: 'http://samrad.example' }, false],
	['an origin that is kept secret', { origin: 'null' }, false],
	['no origin at all', {}, false],
	['no origin, and typed into the address bar', { 'sec-fetch-site': 'none' }, false]
])('%s: ours is %s', (_, headers, expected) => {
	expect(isOurs(new Headers(headers as Record<string, string>), ours)).toBe(expected);
});

test.each([
	['GET', true],
	['HEAD', true],
	['OPTIONS', true],
	['POST', false],
	['DELETE', false],
	['get', false]
])('%s only reads: %s', (method, expected) => {
	expect(isSafe(method)).toBe(expected);
});
