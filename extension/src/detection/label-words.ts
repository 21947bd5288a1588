// What the words before a number say of it: a phone, a fax, an id. Reads words only, never judges digits.

import { behind, codeAt, isDigit, isLetter } from "./characters.js";

/** What words say of a number; also the digit before each list of a plan's words. */
export enum Label {
  /** The words are silent. */
  Silent,
  /** A label or a verb of calling. */
  Phone,
  Fax,
  /** It counts something that nobody calls. */
  Id,
  /** It counts something: "Widget no. 12". */
  Count,
  /** What people ring, without saying so: "Office". */
  Desk,
  /** An id only as "card number", "employee no". */
  Member,
  /** An id as "customer number", and else where the number is not in a phone's groups: "customer 0412345678". */
  Thing,
  /** Stands between a label and its number and says nothing. */
  Filler,
  /** The same, and no id stands before it: "send your order to 0412 345 678". */
  Preposition,
}

/** How far back a label is looked for. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Reach {
  /** How far back a label is looked for, in characters and in words. */
  Characters = 60,
  Words = 7,
}

let known = "";
const classes = new Map<string, number>();

/** Takes the words to go by: lists of words, each behind the digit of its class. */
export function takeWords(words: string): void {
  if (words === known) return;
  known = words;
  classes.clear();
  let name = 0;
  for (const word of words.split(" "))
    if (word < "a") name = +word;
    else classes.set(word, name);
}

/** The class of a word; 0 if it has none. */
export function classOf(text: string): number {
  const word = text.toLowerCase();
  const single = word.endsWith("s") ? classes.get(word.slice(0, -1)) : 0;
  return classes.get(word) ?? (single === Label.Phone || single === Label.Desk ? single : 0);
}

/** The start of the word that ends before `end`. */
function wordStart(text: string, end: number): number {
  let start = end;
  while (isLetter(codeAt(text, start - 1)) && end - start < 24) start--;
  return start;
}

/**
 * What the text before `at` calls the number that begins there. Looks no further back than `floor`, the end of the
 * number before it. A phone label may stand some words away ("call us any time on"); a fax or id must be next to it,
 * because a word in between ends their reach ("order by phone"). `besideOnly` stops there.
 */
export function labelBefore(text: string, at: number, floor = 0, besideOnly = false): number {
  let beside = true;
  let counted = false;
  let mayBeId = true;
  let silent = Label.Silent;
  let words = 0;
  for (
    let i = at;
    --i >= floor && at - i < Reach.Characters && words < Reach.Words && (beside || !besideOnly);
  ) {
    const code = codeAt(text, i);
    if (isLetter(code)) {
      const start = wordStart(text, i + 1);
      const word = text.slice(start, i + 1);
      let name = classOf(word);
      words++;
      if (start === i) {
        // One letter is a label when it is set as one, "T: 02 …", "m 04…", or begins what is left: "| F 02 …".
        const set =
          /^.[:.)°]|^[a-z]/.test(text.slice(i, i + 2)) || /^[\s|•·,;/–-]*$/.test(text.slice(floor, i));
        name = /\b[asp]\/[cn]$/i.test(behind(text, i + 1, 4)) ? Label.Id : set && beside ? name : 0; // a/c, s/n
      }
      if (name === Label.Phone) return name;
      if (beside) {
        // "Tel/Fax", "phone and fax": one number for both is a phone number.
        if (name === Label.Fax) {
          const joint = /([^\s/&+,|]+)\s*(?:[/&+,|]|and|or|et|und)\s*$/i.exec(behind(text, start, 24));
          return classOf(joint?.[1] ?? "") === Label.Phone ? Label.Phone : name;
        }
        // "to order" and "to claim" say what to call for.
        if (mayBeId && (name === Label.Id || (counted && (name === Label.Member || name === Label.Thing))))
          return /\bto $/i.test(behind(text, start, 4)) ? Label.Silent : Label.Id;
        if (name === Label.Desk) silent = name;
        counted ||= name === Label.Count || /^num/i.test(word);
        if (name === Label.Count || name === Label.Thing) silent = Label.Count;
        if (name === Label.Preposition) mayBeId = false;
        beside = name === Label.Count || name > Label.Member;
      }
      i = start;
    } else if (isDigit(code)) beside = false;
    else if (code === 35 && beside) {
      counted = true; // #
      silent = Label.Count;
    }
    // The end of a sentence, unless the dot belongs to a short word: "Ph. 02", "Lic. No. 12".
    else if (
      "!?;".includes(text[i] as string) ||
      (code === 46 && text[i + 1] === " " && i - wordStart(text, i) > 4)
    )
      break;
  }
  return silent;
}

/** What a heading, a table's head cell or a neighbouring cell calls the numbers that belong to it. */
export const labelOf = (heading: string): number => labelBefore(heading, heading.length);
