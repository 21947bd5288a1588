// Writes the finder's number plans from libphonenumber-js's metadata: src/detection/plan-patterns.ts (Australia and all
// calling codes), and one src/content/registered/region-XX.ts for each other region, which only the build needs.
// Same metadata, same bytes.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const METADATA = path.join(ROOT, "node_modules/libphonenumber-js/metadata.max.json");

/** Numbers for a person in need. libphonenumber-js has no short numbers, so this table is ours. */
const EMERGENCY = {
  AU: ["000"],
  NZ: ["111"],
  GB: ["999"],
  IE: ["999"],
  US: ["911"],
  CA: ["911"],
  SG: ["995"],
};
const EMERGENCY_ELSEWHERE = ["112"];

/** Places in the metadata's list of types. Voicemail (5) and pagers (7) are left out: nobody calls them by hand. */
const CALLABLE_TYPES = [0, 1, 2, 3, 4, 6, 8, 9];
/** A subscriber's number without its area code: eight digits, as the host accepts them with an area code set. */
const LOCAL = { AU: "[2-9]\\d{7}" };
/** Numbers written without the trunk 0 for which the metadata has no format of their own: 13 12 34 and 180 2345. */
const BARE_FORMATS = {
  AU: [
    ["13[1-9]", "(\\d{2})(\\d{2})(\\d{2})"],
    ["1802", "(\\d{3})(\\d{4})"],
    ["1(?:30|80|90)0", "(\\d{4})(\\d{3})(\\d{3})"],
  ],
};

const union = (patterns) => [...new Set(patterns)].join("|");

/** North America's patterns list every area code of every island; one list of area codes says the same in 1 kB. */
function northAmericanPattern(metadata) {
  const patterns = metadata.country_calling_codes["1"]
    .flatMap((country) => CALLABLE_TYPES.map((type) => metadata.countries[country][11]?.[type]?.[0]))
    .filter(Boolean)
    .map((source) => new RegExp(`^(?:${source})$`));
  const byFirstTwo = new Map();
  for (let area = 200; area < 1000; area++) {
    if (!patterns.some((pattern) => pattern.test(`${area}2345678`))) continue;
    const head = String(area).slice(0, 2);
    byFirstTwo.set(head, (byFirstTwo.get(head) ?? "") + String(area)[2]);
  }
  const areas = [...byFirstTwo].map(([head, last]) => `${head}${last.length > 1 ? `[${last}]` : last}`);
  return `(?:${areas.join("|")})[2-9]\\d{6}`;
}

/** The plan of one region, as src/detection/plan.ts describes it. */
function planOf(region, metadata) {
  const own = metadata.countries[region];
  const main = metadata.countries[metadata.country_calling_codes[own[0]][0]];
  const [callingCode, idd, , , , nationalPrefix] = own;
  const formats = own[4] || main[4] || [];
  const rule = own[6] || main[6];
  const trunk = nationalPrefix === "0" || nationalPrefix === "1" ? nationalPrefix : "";
  // National means the calling code: 08 9164 is Christmas Island and an Australian number all the same.
  const types = metadata.country_calling_codes[callingCode].flatMap((country) =>
    CALLABLE_TYPES.map((type) => metadata.countries[country][11]?.[type]?.[0]),
  );
  const bare = formats
    .filter((format) => trunk !== "0" || format[4] || !String(format[3] || rule || "").includes("0"))
    .map((format) => [format[2]?.at(-1) ?? "", format[0], ...(format[4] && trunk === "0" ? [1] : [])])
    .filter(([leading]) => !(region === "AU" && leading === "16"));
  const transform = own[8] ? { prefix: own[7], transform: own[8] } : {};
  return {
    region,
    callingCode,
    trunk,
    idd: String(idd),
    national: callingCode === "1" ? northAmericanPattern(metadata) : union(types.filter(Boolean)),
    bare: BARE_FORMATS[region] ?? bare,
    local: LOCAL[region] ?? "",
    emergency: EMERGENCY[region] ?? EMERGENCY_ELSEWHERE,
    ...transform,
  };
}

/**
 * Every calling code with the lengths of its numbers: "61:" then a base-36 bit mask (bit n: n digits), then "!" where
 * a 0 after the calling code is a trunk prefix that must not be dialled (+61 (0)2, but not +39 06).
 */
function callingCodes(metadata) {
  const ownLengths = (country) => (Array.isArray(country[3]) ? country[3] : []);
  const mask = (countries) =>
    countries
      .flatMap(ownLengths)
      .reduce((bits, length) => bits | (1 << length), 0)
      .toString(36);
  const geographic = Object.entries(metadata.country_calling_codes).map(([code, names]) => {
    const countries = names.map((name) => metadata.countries[name]);
    return `${code}:${mask(countries)}${countries[0][5] === "0" ? "!" : ""}`;
  });
  const others = Object.entries(metadata.nonGeographic).map(([code, entry]) => `${code}:${mask([entry])}`);
  return [...geographic, ...others].join(" ");
}

/** An object as TypeScript, one line a field. */
const literal = (value) =>
  `{\n${Object.entries(value)
    .map(([key, field]) => `  ${key}: ${JSON.stringify(field)},\n`)
    .join("")}}`;

/** The generated files: path from this folder → content. */
export async function planFiles() {
  const metadata = JSON.parse(await readFile(METADATA, "utf8"));
  const note =
    "// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.\n" +
    "// biome-ignore-all format: written by a program\n";
  const files = {
    "src/detection/plan-patterns.ts": `${note}
import type { Plan } from "./plan.js";

export const AUSTRALIA: Plan = ${literal(planOf("AU", metadata))};

/** Calling codes with the lengths of their numbers; plan.ts says how to read it. */
export const CALLING_CODES =
  "${callingCodes(metadata)}";
`,
  };
  for (const region of Object.keys(metadata.countries)) {
    if (region === "AU") continue;
    files[`src/content/registered/region-${region}.ts`] = `${note}
import type {} from "../finder-settings.js";

globalThis.maxoRegion = "${region}";
globalThis.maxoPlan = ${literal(planOf(region, metadata))};
`;
  }
  return files;
}

/** The plan of one region, for tests and benchmarks. */
export async function loadPlan(region) {
  return planOf(region, JSON.parse(await readFile(METADATA, "utf8")));
}

/** Writes the generated files; build.mjs calls it before it bundles. */
export async function writePlans() {
  for (const [file, content] of Object.entries(await planFiles())) {
    const target = path.join(ROOT, file);
    if ((await readFile(target, "utf8").catch(() => "")) === content) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await writePlans();
