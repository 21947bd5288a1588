// What a browser says when the native messaging host fails, as codes. Keeps the raw text; shows nothing.

/** A request that got no result: `code` is an error code of the host or of the extension. */
export class HostFailure extends Error {
  override readonly name = "HostFailure";

  constructor(
    readonly code: string,
    /** The raw words of the browser or the host, for the console; never shown to a person. */
    readonly detail: string,
    /** False only when it is certain that the request never left this browser. */
    readonly posted: boolean,
    readonly reasons: readonly string[] = [],
  ) {
    super(`${code}: ${detail}`);
  }
}

/**
 * The code for the text of a closed port: `host_not_found`, `host_forbidden` or `host_failed`.
 * Texts seen in Chromium 156 and Firefox 153. A missing program reads "not found" in Chromium and "unexpected error"
 * in Firefox; Firefox says "No such native application" also for an extension that is not allowed: what can be told is told.
 */
export function codeOfClosedPort(raw: string): "host_not_found" | "host_forbidden" | "host_failed" {
  if (/host not found|no such native application/i.test(raw)) return "host_not_found";
  if (/forbidden/i.test(raw)) return "host_forbidden";
  return "host_failed";
}
