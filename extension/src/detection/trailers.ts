// What may follow a number and belong to it: an extension, or the last digits of a second number.

/** "02 9999 8888 / 8889", "9999 8888/9": not "24/7", not a date, and not a figure with a word of its own. */
export const SUFFIX =
  /\s{0,2}\/\s{0,2}(\d{1,4})(?![\w/%]|[.,:-]\d|\s{1,3}(?:\d|hour|hr|day|week|am\b|pm\b))/iy;

/** The digits that a sticky pattern finds right at `at`, and where they end; no digits if it finds none. */
export function digitsAt(pattern: RegExp, text: string, at: number): [digits: string, end: number] {
  pattern.lastIndex = at;
  return [pattern.exec(text)?.[1] ?? "", pattern.lastIndex];
}
