import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/* What the demo has put into files instead of sending it. */

export interface Mail {
	head: string;
	text: string;
}

/** What lies there for this address, its text decoded; `data` is the server's folder. */
export function mailsTo(data: string, address: string): Mail[] {
	const folder = join(data, 'outbox');
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.map((file) => readFileSync(join(folder, file), 'utf8'))
		.map((raw) => raw.split(/\r?\n\r?\n(.*)/s))
		.map(([head = '', body = '']) => ({
			head: head.replaceAll(/\r?\n[ \t]+/g, ' '),
			text: decode(head, body)
		}))
		.filter(({ head }) => head.includes(`<${address}>`));
}

function decode(head: string, body: string): string {
	if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
	const bytes = body
		.replaceAll(/=\r?\n/g, '')
		.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
