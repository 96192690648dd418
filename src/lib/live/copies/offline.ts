import * as copies from './copies.ts';

/* What this browser keeps, for the page that is shown without a net. */

export interface KeptMeeting {
	id: string;
	person: string;
	label: string;
	epoch: number;
	readOnly: boolean;
	/** Texts of its cases that are kept as well. */
	cases: KeptCase[];
}

interface KeptCase {
	item: string;
	epoch: number;
	readOnly: boolean;
}

export interface Kept {
	meetings: KeptMeeting[];
	/** Names of what else is kept, and cannot be opened without a net. */
	others: string[];
}

/**
 * Meetings with what is kept of them, by name. Of a document that is kept in several epochs, the
 * latest.
 */
export async function kept(): Promise<Kept> {
	const all = await copies.all();
	const peeked = await Promise.all(
		all.map(async (copy) => {
			const held = await copies.peek(copy);
			return held && { ...copy, ...copy.document, label: held.label, readOnly: held.readOnly };
		})
	);
	const noted = peeked.filter((one) => one !== null);
	const latest = noted.filter(
		(one) =>
			!noted.some(({ id, kind, epoch }) => id === one.id && kind === one.kind && epoch > one.epoch)
	);
	const cases = latest.filter(({ kind }) => kind === 'item');
	return {
		meetings: latest
			.filter(({ kind }) => kind === 'agenda')
			.map(({ id, person, label, epoch, readOnly }) => ({
				id,
				person,
				label,
				epoch,
				readOnly,
				cases: cases.map(({ id: item, ...one }) => ({
					item,
					epoch: one.epoch,
					readOnly: one.readOnly
				}))
			}))
			.sort((one, other) => one.label.localeCompare(other.label)),
		others: latest
			.filter(({ kind }) => kind !== 'agenda' && kind !== 'item')
			.map(({ label }) => label)
	};
}
