// What follows a number and belongs to it.

/** The digits that a sticky pattern finds right at `at`, and where they end; no digits if it finds none. */
export function digitsAt(pattern: RegExp, text: string, at: number): [digits: string, end: number] {
  pattern.lastIndex = at;
  return [pattern.exec(text)?.[1] ?? "", pattern.lastIndex];
}
