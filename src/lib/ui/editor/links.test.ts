import { expect, test } from 'vitest';
import { readHref } from './links.ts';

test('the web, e-mail and telephone are addresses, and what is plainly meant is made one', () => {
	expect(readHref('https://www.ks.no/bustad?x=1#y')).toBe('https://www.ks.no/bustad?x=1#y');
	expect(readHref(' http://fhi.no ')).toBe('http://fhi.no');
	expect(readHref('ks.no/bustad')).toBe('https://ks.no/bustad');
	expect(readHref('post@kommune.no')).toBe('mailto:post@kommune.no');
	expect(readHref('mailto:post@kommune.no')).toBe('mailto:post@kommune.no');
	expect(readHref('tel:+4755555555')).toBe('tel:+4755555555');
});

test('nothing else is, however it is dressed', () => {
	const bad = [
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'java\nscript:alert(1)',
		'\u0001javascript:alert(1)',
		'data:text/html,x',
		'vbscript:x',
		'file:///etc/passwd',
		'//vond.no',
		'/internt',
		'http:///x',
		'https://',
		'heile møtet',
		'',
		'møte',
		`https://ks.no/${'x'.repeat(2000)}`
	];
	for (const text of bad) expect(readHref(text), text).toBeNull();
});
