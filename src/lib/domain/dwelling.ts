/** How a dwelling stands: whether anybody can move in, and why not. */
export const dwellingStatuses = ['free', 'let', 'repair', 'for_sale'] as const;
export type DwellingStatus = (typeof dwellingStatuses)[number];
