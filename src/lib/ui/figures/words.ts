import { m } from '#lib/i18n/paraglide/messages.js';

/** «2026», «2. halvår 2026» */
export function periodName(period: string): string {
	const year = period.slice(0, 4);
	if (period.length === 4) return year;
	return period.endsWith('1') ? m.figures_half_1({ year }) : m.figures_half_2({ year });
}
