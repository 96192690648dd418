/** Who judges whether somebody is impartial: the body without the member, or the member. */
export const recusalJudges = ['body', 'self'] as const;
export type RecusalJudge = (typeof recusalJudges)[number];

export const recusalStatuses = ['raised', 'disqualified', 'impartial'] as const;
export type RecusalStatus = (typeof recusalStatuses)[number];
