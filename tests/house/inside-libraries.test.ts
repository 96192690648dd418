import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { keepOutOfLibraries } from './inside-libraries.js';

const linter = new Linter();

function broken(text: string): boolean {
	const rules = { 'house/keep-out-of-libraries': 'error' } as const;
	const plugins = { house: { rules: { 'keep-out-of-libraries': keepOutOfLibraries } } };
	const messages = linter.verify(text, { plugins, rules });
	const other = messages.find(({ ruleId }) => ruleId !== 'house/keep-out-of-libraries');
	expect(other).toBeUndefined();
	return messages.length > 0;
}

test.each([
	'provider._checkInterval = 1;',
	'const { _db, doc } = persistence;',
	'socket?._socket.write(bytes);',
	'Database.prototype.pragma = () => {};',
	'Y.Item.prototype.delete = function () {};',
	'Array.prototype.last.name = 1;'
])('refused: %s', (text) => {
	expect(broken(text)).toBe(true);
});

test.each([
	'const first = list._start;',
	'Y.Item.prototype.integrate = function () {};',
	'const { value: _value, ...rest } = all;',
	'Object.prototype.hasOwnProperty.call(all, key);',
	'class Own { #last = 0; next() { return this.#last++; } }',
	'const [, _second] = list; run((_event) => 1);'
])('allowed: %s', (text) => {
	expect(broken(text)).toBe(false);
});
