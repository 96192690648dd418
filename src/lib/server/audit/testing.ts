import { afterEach, expect } from 'vitest';
import { check } from './check.ts';

/** After each test of the file: every change that was made is in the audit trail. */
export function useTrail(): void {
	afterEach(() => expect(check().findings).toEqual([]));
}
