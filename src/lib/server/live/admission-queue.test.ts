import { expect, test } from 'vitest';
import { AdmissionQueue } from './admission-queue.ts';

const work = (milliseconds: number) => {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
};
const done = (all: Promise<unknown>[]) => Promise.all(all);

test('who comes alone is let in at once', () => {
	let entered = false;
	new AdmissionQueue().knock(() => (entered = true));
	expect(entered).toBe(true);
});

test('those who come together are let in one after the other, in their order, and none is forgotten', async () => {
	const admissionQueue = new AdmissionQueue();
	const entered: number[] = [];
	const all = Array.from({ length: 20 }, (_, index) => index);
	await done(
		all.map(
			(index) =>
				new Promise<void>((entry) => {
					admissionQueue.knock(() => {
						entered.push(index);
						entry();
					});
				})
		)
	);
	expect(entered).toEqual(all);
});

test('between two of them others have their turn, for as long as letting in took', async () => {
	const admissionQueue = new AdmissionQueue();
	const times: [began: number, ended: number][] = [];
	const enter = (entry: () => void) => () => {
		const began = performance.now();
		work(5);
		times.push([began, performance.now()]);
		entry();
	};
	await done(
		[1, 2, 3].map(() => new Promise<void>((entry) => void admissionQueue.knock(enter(entry))))
	);
	const rests = times.slice(1).map(([began], index) => began - times[index]![1]);
	for (const rest of rests) expect(rest).toBeGreaterThan(4);
});

test('one that fails does not keep the others out', async () => {
	const admissionQueue = new AdmissionQueue();
	const fail = () => {
		throw new Error('no');
	};
	expect(() => admissionQueue.knock(fail)).toThrow('no');
	await new Promise<void>((entry) => void admissionQueue.knock(entry));
});

test('when too many wait the next is sent away', () => {
	const admissionQueue = new AdmissionQueue();
	const nothing = () => {};
	admissionQueue.knock(nothing);
	for (let count = 0; count < 2000; count++) expect(admissionQueue.knock(nothing)).toBe(true);
	expect(admissionQueue.knock(nothing)).toBe(false);
});
