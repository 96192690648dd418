import { expect, test } from 'vitest';
import { quieten } from './pasting.ts';

test('styles and handlers are put out of play, in whatever quotes', () => {
	expect(quieten('<p class="a" style="color:red" onclick=\'x()\'>style=b</p>')).toBe(
		'<p class="a"  data-style="color:red"  data-on=\'x()\'>style=b</p>'
	);
	expect(quieten('<p title="a>b"style=x>')).toBe('<p title="a>b" data-style=x>');
});

test('style sheets and scripts are gone', () => {
	expect(quieten('<style>p{}</style>a<SCRIPT src=x>b</SCRIPT >c')).toBe('ac');
});

test('a heading of any level becomes one that a text can have', () => {
	expect(quieten('<h1>a</h1><h2 id="x">b</h2><h3>c</h3><h6>d</h6>')).toBe(
		'<h3>a</h3><h3 id="x">b</h3><h3>c</h3><h4>d</h4>'
	);
});

test('a bold element that says it is not bold is none', () => {
	expect(quieten('<b id="docs" style="font-weight:normal;">a</b>')).toMatch(/^<span .*>a<\/b>$/);
	expect(quieten('<b>a</b><br>')).toBe('<b>a</b><br>');
});
