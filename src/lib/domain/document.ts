/**
 * Live documents: one per zone of confidentiality, each with a kind and the id of what it belongs
 * to.
 */
export const documentKinds = ['agenda', 'item', 'talk', 'matrix'] as const;

export type DocumentKind = (typeof documentKinds)[number];

export interface DocumentName {
	kind: DocumentKind;
	/** A random UUID: the meeting's, the agenda item's, the talk's, the matrix's. */
	id: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
	return uuid.test(text);
}

/** `agenda:<id>`, as it stands in the database and, before the epoch, in the socket's path. */
export function formatDocumentName(name: DocumentName): string {
	return `${name.kind}:${name.id}`;
}

/** Reads `agenda:<id>`; null when it is no document's name. */
export function parseDocumentName(text: string): DocumentName | null {
	const colon = text.indexOf(':');
	const kind = text.slice(0, colon) as DocumentKind;
	const id = text.slice(colon + 1);
	return documentKinds.includes(kind) && isUuid(id) ? { kind, id } : null;
}

/**
 * The room a client opens: the epoch is part of the name, so that no copy from before an erasure
 * can meet a new one.
 */
export function formatRoomName(name: DocumentName, epoch: number): string {
	return `${formatDocumentName(name)}@${epoch}`;
}

/** Reads `agenda:<id>@<epoch>`; null when it is no room's name. */
export function parseRoomName(text: string): { name: DocumentName; epoch: number } | null {
	const at = text.lastIndexOf('@');
	const name = at > 0 ? parseDocumentName(text.slice(0, at)) : null;
	const epoch = text.slice(at + 1);
	return name && /^[1-9]\d{0,8}$/.test(epoch) ? { name, epoch: Number(epoch) } : null;
}

/** Limits that both ends know. Bytes unless said otherwise. */
export const limits = {
	frame: 1024 * 1024,
	document: 10 * 1024 * 1024,
	/** Levels of shared types and nested values. */
	depth: 100,
	/** Characters of an agenda item's title. */
	title: 200,
	/** Characters of what an action says is to be done. */
	what: 500
} as const;
