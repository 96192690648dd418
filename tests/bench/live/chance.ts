/*
 * Evenly spread and the same every time (Park and Miller): every server gets the same edits at
 * the same moments.
 */

let seed = 20261123;

export function draw(below: number): number {
	seed = (seed * 48271) % 2147483647;
	return seed % below;
}
