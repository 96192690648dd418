import { expect, test } from 'vitest';
import { isAddress, pauseAfter } from './notice.ts';

test('the pauses grow, and come to an end', () => {
	const pauses = [1, 2, 3, 4, 5].map((tries) => pauseAfter(tries) ?? 0);
	expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
	expect(pauses[0]).toBe(5 * 60 * 1000);
	expect(pauseAfter(6)).toBeNull();
});

test.each(['kari.nordmann@sunnoy.example', 'a+b@c.example', 'post@blåbær.example'])(
	'%s is an address',
	(text) => expect(isAddress(text)).toBe(true)
);

test.each([
	'',
	'kari',
	'kari@',
	'@sunnoy.example',
	'kari@sunnoy.example, ola@sunnoy.example',
	'Kari <kari@sunnoy.example>',
	'kari@sunnoy.example\r\nBcc: ola@sunnoy.example',
	'kari@sunnoy.example\n',
	'kari nordmann@sunnoy.example',
	`${'a'.repeat(250)}@b.example`
])('%j is none', (text) => expect(isAddress(text)).toBe(false));
