// Groups of digits and the gaps between them: how a number is written. Knows no plan and no words.

import { codeAt, DASHES, INVISIBLE, isDigit } from "./characters.js";

/** What stands before a group. None is an element's border or something without width. */
export enum Gap {
  None,
  Space,
  Dash,
  Dot,
  Slash,
  SpacedDash,
}

/** Where a run ends. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  /** Numbers have at most 15 digits behind an access code of 4; what goes on longer is something else. */
  Digits = 19,
  /** White space of a source text that a browser prints as one space: an indented line end. */
  WhiteSpace = 48,
}

/** Is told of the groups so far: their digits and lengths, the gap before each, whether the first stands in brackets. */
export type GroupsVisitor = (
  digits: string,
  lengths: readonly number[],
  gaps: readonly number[],
  brackets: number,
  end: number,
) => void;

/**
 * Tells the visitor of the run of groups that begins with the digit at `start`, once for each group that is added.
 * `borders` are offsets where an element begins or ends; they part groups, which are seen as one all the same.
 * `brackets` are those of the first group: 1 for "(" before it, 2 for ")" behind it, 3 for both.
 */
export function visitGroups(
  text: string,
  start: number,
  borders: ReadonlySet<number> | undefined,
  pre: boolean | undefined,
  visit: GroupsVisitor,
): void {
  const lengths: number[] = [];
  const gaps: number[] = [];
  let digits = "";
  let brackets = text[start - 1] === "(" ? 1 : 0;
  let opened = brackets;
  let gap = Gap.None;
  for (let at = start; digits.length < Bound.Digits; ) {
    const from = at;
    do at++;
    while (isDigit(codeAt(text, at)) && !borders?.has(at));
    const end = at;
    digits += text.slice(from, end);
    if (gap || opened || !gaps.length) {
      lengths.push(end - from);
      gaps.push(gap);
    } else lengths.push((lengths.pop() as number) + end - from);

    let spaces = 0;
    let gapSign = Gap.None;
    let closed = false;
    let goesOn = true;
    opened = 0;
    for (; goesOn && !isDigit(codeAt(text, at)); at++) {
      const sign = text[at] ?? "";
      const kind = DASHES.test(sign)
        ? Gap.Dash
        : sign === "."
          ? Gap.Dot
          : sign === "/"
            ? Gap.Slash
            : Gap.None;
      if (/\s/.test(sign) && spaces < (pre ? 1 : Bound.WhiteSpace) && !(pre && sign < " ")) spaces++;
      else if (kind && !gapSign) gapSign = kind;
      // A bracket inside a number holds an area code or a trunk 0, so it stands near the front.
      else if (sign === "(" && !opened && at - start < 9) opened = 1;
      else if (sign === ")" && !closed && !opened) {
        closed = true;
        if (gaps.length < 2) brackets |= 2;
      } else goesOn = INVISIBLE.test(sign);
    }
    visit(digits, lengths, gaps, brackets, end);
    // "9002309. 158" is a sentence's end; "9999 8888 / 9999 8889" are two numbers, "030 / 23 12 51" is one.
    if (!goesOn || (spaces && (gapSign === Gap.Dot || (gapSign && digits.length > 7)))) return;
    gap = gapSign ? (spaces ? Gap.SpacedDash : gapSign) : spaces ? Gap.Space : closed ? Gap.Dash : Gap.None;
  }
}
