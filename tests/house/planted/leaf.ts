import Branch from './Branch.svelte';

export const leaf = { name: 'leaf', on: Branch };
