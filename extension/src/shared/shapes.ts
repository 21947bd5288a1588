// Checks of values that came from outside: a page's frame, a host's reply. Only says yes or no; changes and throws nothing.

export type Shape = (value: unknown) => boolean;

export const isBoolean: Shape = (value) => typeof value === "boolean";
export const isCount: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const isString: Shape = (value) => typeof value === "string";

/** A string of at most `length` UTF-16 units. */
export const isText =
  (length: number): Shape =>
  (value) =>
    typeof value === "string" && value.length <= length;

export const isOneOf =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === "string" && words.includes(value);

export const isMatch =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === "string" && pattern.test(value);

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

export const isList =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

/** A plain object whose named fields have these shapes. More fields are allowed: a newer sender may have them. */
export const isRecord =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isPlain(value) &&
    Object.entries(fields).every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name]));

/** As `isRecord`, and not one field more: for senders that are not trusted. */
export const isExactly =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isRecord(fields)(value) && Object.keys(value as object).every((name) => Object.hasOwn(fields, name));

/** As `isExactly`, but any of the fields may be missing. */
export const isPartly =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isPlain(value) &&
    Object.entries(value).every(([name, one]) => Object.hasOwn(fields, name) && fields[name]?.(one) === true);

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
