// The one place that names a browser's global: everything else imports `webext`.

declare const browser: typeof chrome | undefined;

/** The WebExtension API with promises, in Chromium and Firefox alike. */
export const webext: typeof chrome = typeof browser === "undefined" ? chrome : browser;
