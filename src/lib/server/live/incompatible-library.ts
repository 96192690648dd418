/**
 * A library is not built the way our use of its inner workings needs. Thrown at start, so that a
 * server whose limits would no longer hold never opens its door.
 */
export class IncompatibleLibrary extends Error {
	/** `record` is the number of the decision that says what is relied on, and why. */
	constructor(library: string, finding: string, record: string) {
		super(`${library} does not work as Samråd relies on: ${finding} (docs/decisions/${record}).`);
		this.name = 'IncompatibleLibrary';
	}
}
