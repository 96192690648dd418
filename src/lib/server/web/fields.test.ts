import { expect, test, vi } from 'vitest';
import { mostFields, readFields } from './fields.ts';

const limit = 512 * 1024;
const boundary = 'line';

function request(body: string, type = 'application/x-www-form-urlencoded'): Request {
	return new Request('http://here/', { method: 'POST', body, headers: { 'content-type': type } });
}

function parts(count: number): string {
	const part = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n`;
	return `${part.repeat(count)}--${boundary}--\r\n`;
}

test('fields are read, several of one name together', async () => {
	const fields = await readFields(request('a=1&b=%C3%A5+x&b=2&__proto__=3'));
	expect([...fields!]).toEqual([
		['a', '1'],
		['b', ['å x', '2']],
		['__proto__', '3']
	]);
});

test('a form in parts is read the same', async () => {
	const fields = await readFields(request(parts(2), `multipart/form-data; boundary=${boundary}`));
	expect([...fields!]).toEqual([['a', ['b', 'b']]]);
});

test('as many fields as are allowed are read, one more is no form', async () => {
	const body = (count: number) => 'a=b&'.repeat(count).slice(0, -1);
	expect((await readFields(request(body(mostFields))))?.get('a')).toHaveLength(mostFields);
	expect(await readFields(request(body(mostFields + 1)))).toBeNull();
});

test.each([
	['fields', () => request('&'.repeat(limit))],
	['parts', () => request(parts(8_000), `multipart/form-data; boundary=${boundary}`)]
])('of a body full of %s nothing is made before they are counted', async (_, body) => {
	const made = vi.spyOn(globalThis, 'URLSearchParams');
	const read = vi.spyOn(Response.prototype, 'formData');
	expect(await readFields(body())).toBeNull();
	expect(made).not.toHaveBeenCalled();
	expect(read).not.toHaveBeenCalled();
	vi.restoreAllMocks();
});

test.each([
	['a text', 'text/plain'],
	['a form without a boundary', 'multipart/form-data'],
	['a form in parts that is none', `multipart/form-data; boundary=${boundary}`]
])('%s is no form', async (_, type) => {
	expect(await readFields(request('a=b', type))).toBeNull();
});

test('a file is no field of ours', async () => {
	const body = `--${boundary}\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--${boundary}--\r\n`;
	expect(await readFields(request(body, `multipart/form-data; boundary=${boundary}`))).toBeNull();
});
