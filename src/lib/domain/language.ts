/** The languages that people read Samråd in: nynorsk, bokmål, English. */
export const languages = ['nn', 'nb', 'en'] as const;
export type Language = (typeof languages)[number];
