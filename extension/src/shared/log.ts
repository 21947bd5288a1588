// The extension's own console: one line with a reason. Never a phone number, a key or a page's address.

/** Writes what went wrong and where, for a person who looks into the console. */
export function logProblem(where: string, problem: unknown): void {
  const reason = problem instanceof Error ? problem.message : String(problem);
  // biome-ignore lint/suspicious/noConsole: the one place that writes to the console
  console.warn(`[maxo] ${where}: ${reason}`);
}
