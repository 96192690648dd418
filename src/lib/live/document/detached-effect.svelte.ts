/**
 * Makes something that outlives the effect it happens to be made in. What is derived in it would
 * otherwise end with that effect, and go on showing what it last knew.
 */
export function detached<Made>(make: () => Made): Made {
	let made: Made | undefined;
	$effect.root(() => {
		made = make();
	});
	return made as Made;
}
