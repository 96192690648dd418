import { placesIn } from '#lib/domain/erasing.ts';
import type { Hit } from '#lib/domain/erasure.ts';
import type { AuditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';

/**
 * Something beside the live texts that holds what is to go: which lines of it are touched, and
 * how the passages are taken out.
 */
export interface Place {
	kind: 'step' | 'recommendation' | 'ruling' | 'action' | 'decision';
	/** 'I-055', 'V-102', 'O-15'; of a step the name of the command. */
	label: string;
	/** When it was done, made or adopted; null for what is not. */
	at: number | null;
	hits: Hit[];
	erase: () => void;
	subject: AuditSubject;
}

/** Takes the passages out, in the caller's transaction. */
export function erasePlaces(actor: string, places: Place[]): void {
	for (const place of places) place.erase();
	for (const { kind, subject } of places)
		if (kind !== 'step') audit.erased(actor, `${kind}.erase`, subject);
}

/** Lines in which a passage stands, each once. */
export function hitsIn(texts: string[], passages: string[]): Hit[] {
	const lines = new Set(texts.flatMap((text) => text.split('\n')));
	return [...lines]
		.map((line) => ({ line, places: placesIn(line, passages) }))
		.filter(({ places }) => places.length > 0);
}
