/**
 * The three kinds of forum, and the others that a municipality has. What each is called is data.
 */
export const forumKinds = ['day', 'strategic', 'council', 'group'] as const;
export type ForumKind = (typeof forumKinds)[number];
