// Check digits of ids that have the shape of a phone number. A phone number passes by chance one time in 11 (ISBN) to 89.

const digitsOf = (text: string) => Array.from(text, Number);
const weighted = (digits: readonly number[], weights: readonly number[]) =>
  digits.reduce((sum, digit, i) => sum + digit * (weights[i] ?? 0), 0);

/** Australian Business Number, 11 digits: an ABN that begins with 61 reads as "61 2 …" does. */
export function isAbn(text: string): boolean {
  const [first = 0, ...rest] = digitsOf(text);
  return (
    text.length === 11 && weighted([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0
  );
}

/** ISBN-10 with a digit at the end; English ones begin with 0 or 1, like phone numbers. */
export function isIsbn10(text: string): boolean {
  return text.length === 10 && weighted(digitsOf(text), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}
