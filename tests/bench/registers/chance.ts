/** Evenly spread and the same every time (Park and Miller). */
let seed = 20261123;

export function draw(below: number): number {
	seed = (seed * 48271) % 2147483647;
	return seed % below;
}
export const pick = <Item>(items: readonly Item[]): Item => items[draw(items.length)]!;
export const id = () => crypto.randomUUID();
export const day = 24 * 60 * 60 * 1000;
export const dateAt = (moment: number) => new Date(moment).toISOString().slice(0, 10);
