import * as talks from '#lib/server/talk/talks.ts';
import * as agendaDocuments from './agenda-documents.ts';

/**
 * Tells the live engine who keeps each kind of document. Called once, at start. A new kind brings
 * its fixture to documents.test.ts.
 */
export function register(): void {
	agendaDocuments.register();
	talks.register();
}
