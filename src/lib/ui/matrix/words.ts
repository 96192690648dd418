import type { Letter, Overload, Violation } from '#lib/domain/matrix.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

const names: Record<Letter, () => string> = {
	R: m.matrix_letter_r,
	A: m.matrix_letter_a,
	C: m.matrix_letter_c,
	I: m.matrix_letter_i
};

const meanings: Record<Letter, () => string> = {
	R: m.matrix_letter_r_text,
	A: m.matrix_letter_a_text,
	C: m.matrix_letter_c_text,
	I: m.matrix_letter_i_text
};

export const letterName = (letter: Letter) => names[letter]();
export const letterMeaning = (letter: Letter) => meanings[letter]();

/**
 * A broken rule in the reader's words. Units by their short codes, which are what stands in the
 * matrix.
 */
export function violationText(found: Violation, units: { id: string; code: string }[]): string {
	const code = (id: string) => units.find((unit) => unit.id === id)?.code ?? '';
	switch (found.rule) {
		case 'no_accountable':
			return m.matrix_no_accountable();
		case 'several_accountable': {
			const listed = found.units.map(code).join(', ');
			return found.units.length === 2
				? m.matrix_two_accountable({ units: listed })
				: m.matrix_several_accountable({ count: found.units.length, units: listed });
		}
		case 'nobody_does':
			return m.matrix_nobody_does();
		case 'accountable_and_asked':
			return m.matrix_accountable_and_asked({ unit: code(found.unit) });
		case 'ruler_recommends':
			return m.matrix_ruler_recommends({ unit: code(found.unit) });
		case 'applicant_left_out':
			return m.matrix_applicant_left_out({ unit: code(found.unit) });
	}
}

export function overloadText(found: Overload, units: { id: string; name: string }[]): string {
	const unit = units.find(({ id }) => id === found.unit)?.name ?? '';
	return m.matrix_overload({ unit, rows: found.rows, of: found.of });
}
