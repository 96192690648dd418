import { m } from '#lib/i18n/paraglide/messages.js';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';

/** «1 234», «3,4»: as figures are written in the reader's language. */
export function figure(value: number, decimals = 0): string {
	const [whole = '', rest] = value.toFixed(decimals).split('.');
	const english = getLocale() === 'en';
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, english ? ',' : '\u00a0');
	return rest === undefined ? grouped : `${grouped}${english ? '.' : ','}${rest}`;
}

/** «480 kB», «12,3 MB», of bytes. */
export function size(bytes: number): string {
	if (bytes < 1e6) return m.operation_bytes_kb({ value: figure(bytes / 1000) });
	return m.operation_bytes_mb({ value: figure(bytes / 1e6, bytes < 1e8 ? 1 : 0) });
}

/** The longest time that is measured, in seconds. */
const longest = 2.5;

/** «høgst 5 ms», of the upper bound in seconds within which something lies. */
export function bound(seconds: number | null): string {
	return seconds === null
		? m.operation_longer({ time: duration(longest) })
		: m.operation_at_most({ time: duration(seconds) });
}

function duration(seconds: number): string {
	if (seconds >= 1)
		return m.operation_seconds({ value: figure(seconds, Number.isInteger(seconds) ? 0 : 1) });
	const milliseconds = seconds * 1000;
	const decimals = Number.isInteger(milliseconds) ? 0 : 1;
	return m.operation_ms({ value: figure(milliseconds, decimals) });
}

const meanings: Record<number, () => string> = {
	403: m.operation_code_403,
	503: m.operation_code_503,
	1012: m.operation_code_1012,
	4400: m.operation_code_4400,
	4401: m.operation_code_4401,
	4403: m.operation_code_4403,
	4404: m.operation_code_4404,
	4409: m.operation_code_4409,
	4410: m.operation_code_4410,
	4413: m.operation_code_4413,
	4422: m.operation_code_4422,
	4503: m.operation_code_4503,
	4513: m.operation_code_4513,
	4529: m.operation_code_4529
};

export function meaningOf(code: number): string {
	return meanings[code]?.() ?? '';
}
