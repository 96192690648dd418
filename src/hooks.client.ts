import { defineCustomClientStrategy } from '#lib/i18n/paraglide/runtime.js';

// The page comes in the person's language; the browser goes on in the same.
defineCustomClientStrategy('custom-person', {
	getLocale: () => document.documentElement.lang,
	setLocale: () => undefined
});
