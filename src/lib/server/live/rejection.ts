import type { CloseCode } from '#lib/domain/wire.ts';

/**
 * A peer sent what cannot be taken: its socket is closed with the code, and nobody else notices.
 */
export class Rejection extends Error {
	readonly code: CloseCode;

	constructor(code: CloseCode, cause?: unknown) {
		super(`closes with ${code}`, { cause });
		this.name = 'Rejection';
		this.code = code;
	}
}
