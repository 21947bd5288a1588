// Writes the finder's number plans from libphonenumber-js's metadata: src/detection/plan-patterns.ts (Australia's area
// codes and all calling codes), and one src/content/registered/region-XX.ts for each other region, which only the build
// needs. Same metadata, same bytes.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const METADATA = path.join(ROOT, "node_modules/libphonenumber-js/metadata.max.json");

/** Numbers for a person in need. libphonenumber-js has no short numbers, so this table is ours. */
const EMERGENCY = { NZ: "111", GB: "999", IE: "999", US: "911", CA: "911", SG: "995" };
const EMERGENCY_ELSEWHERE = "112";

/** Label words beside the English ones, in the form of src/detection/label-words.ts, by language. */
const WORDS = {
  de:
    "1 telefon telefonnummer fon ruf handy mobil anruf anrufen rufen durchwahl 2 telefax 5 zentrale praxis notdienst " +
    "3 rechnung rechnungs rechnungsnummer auftrag auftrags auftragsnummer kunden kundennummer kd artikel artikelnummer art " +
    "bestell bestellnummer konto kontonummer blz steuer steuernummer ust hrb st aktenzeichen az mitgliedsnummer mitgliedsnr vertragsnummer vertragsnr zählernummer kundennr rechnungsnr vorgang charge seite din 8 nummer unter die der das oder ab von auf",
  fr:
    "1 tél téléphone portable port fixe appeler appelez 2 télécopie télécopieur 5 accueil urgences standard " +
    "7 client 3 facture réf référence commande dossier compte colis siren siret tva rcs iban contrat chèque loto 8 numéro au le la les du ou sur pour",
  es: "1 teléfono móvil celular llame llamar 3 factura pedido cuenta referencia nif cif 6 número al el la en",
  it: "1 telefono cellulare chiamare chiamata 3 fattura ordine conto partita iva 8 numero al il la o",
  nl: "1 telefoon mobiel bel bellen 3 factuur bestelling rekening kvk btw 8 nummer op het de of",
  pt: "1 telefone telemóvel celular ligue ligar 3 fatura pedido conta cnpj cpf nif 6 número ao o a ou",
  pl: "1 telefon komórka zadzwoń 3 faktura zamówienie konto nip regon krs 8 numer na pod lub",
};
const LANGUAGES = {
  de: "DE AT CH LI LU",
  fr: "FR BE CH LU CA MC",
  es: "ES AR MX CL CO PE UY VE EC BO PY CR PA GT HN NI SV DO CU",
  it: "IT CH SM VA",
  nl: "NL BE",
  pt: "PT BR AO MZ",
  pl: "PL",
};

/** Places in the metadata's list of types. Voicemail (5) and pagers (7) are left out: nobody calls them by hand. */
const CALLABLE_TYPES = [0, 1, 2, 3, 4, 6, 8, 9];
const AREA_TYPES = [0, 1, 8];
/** Satellite services (0145, 0147): in use, and unknown to libphonenumber but for two blocks. */
const AUSTRALIAN_SATELLITES = "14[57]";

const patternsOf = (metadata, callingCode, types) =>
  metadata.country_calling_codes[callingCode]
    .flatMap((country) => types.map((type) => metadata.countries[country][11]?.[type]?.[0]))
    .filter(Boolean);

/** "0123567" as "0-35-7". */
function withRanges(digits) {
  const runs = "0123456789".matchAll(/./g);
  let written = "";
  let start = "";
  for (const [digit] of runs) {
    const next = String(Number(digit) + 1);
    if (!digits.includes(digit)) continue;
    start ||= digit;
    if (digits.includes(next)) continue;
    const size = Number(digit) - Number(start) + 1;
    written += size > 2 ? `${start}-${digit}` : size > 1 ? start + digit : digit;
    start = "";
  }
  return written;
}

/** Numbers that regulators keep free for examples, and people put on pages; plans know them as invalid. */
const EXAMPLE_NUMBERS = { 33: ["63998\\d{4}"], 44: ["1632960\\d{3}", "7700900\\d{3}"] };

/** A pattern of the three-digit prefixes that a test accepts, much shorter than the metadata's own patterns. */
function prefixes(accepts) {
  const byFirstTwo = new Map();
  for (let prefix = 100; prefix < 1000; prefix++) {
    if (!accepts(String(prefix))) continue;
    const head = String(prefix).slice(0, 2);
    byFirstTwo.set(head, (byFirstTwo.get(head) ?? "") + String(prefix)[2]);
  }
  const byRest = new Map();
  for (const [head, last] of byFirstTwo) {
    const rest = last.length === 10 ? "\\d" : last.length > 1 ? `[${withRanges(last)}]` : last;
    byRest.set(`${head[0]}${rest}`, [...(byRest.get(`${head[0]}${rest}`) ?? []), head[1]]);
  }
  const branches = [...byRest].map(([key, seconds]) => {
    const second = seconds.length > 1 ? `[${withRanges(seconds.join(""))}]` : seconds[0];
    return `${key[0]}${second}${key.slice(1)}`;
  });
  return branches.join("|");
}

/** Area codes and mobile prefixes. Blocks finer than three digits are left to the host. */
function australianAreas(metadata) {
  const patterns = patternsOf(metadata, "61", AREA_TYPES).map((source) => new RegExp(`^(?:${source})$`));
  const tails = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, "0"));
  const satellite = new RegExp(`^${AUSTRALIAN_SATELLITES}`);
  return prefixes(
    (prefix) =>
      satellite.test(prefix) ||
      tails.some((tail) => patterns.some((pattern) => pattern.test(`${prefix}${tail}000`))),
  );
}

/** North America's patterns list every area code of every island; one list of area codes says the same in 1 kB. */
function northAmericanPattern(metadata) {
  const patterns = patternsOf(metadata, "1", CALLABLE_TYPES).map((source) => new RegExp(`^(?:${source})$`));
  return `(?:${prefixes((area) => patterns.some((pattern) => pattern.test(`${area}2345678`)))})[2-9]\\d{6}`;
}

/** The plan of one region, as src/detection/national-plan.ts describes it. */
function regionData(region, metadata) {
  const own = metadata.countries[region];
  const main = metadata.countries[metadata.country_calling_codes[own[0]][0]];
  const [callingCode, idd, , , , nationalPrefix] = own;
  const formats = own[4] || main[4] || [];
  const rule = own[6] || main[6];
  const trunk = nationalPrefix === "0" || nationalPrefix === "1" ? nationalPrefix : "";
  const bare = formats
    .filter((format) => trunk !== "0" || format[4] || !String(format[3] || rule || "").includes("0"))
    .map((format) => [format[2]?.at(-1) ?? "", format[0], ...(format[4] && trunk === "0" ? [1] : [])]);
  const languages = Object.keys(LANGUAGES).filter((language) =>
    LANGUAGES[language].split(" ").includes(region),
  );
  return {
    region,
    callingCode,
    trunk,
    idd: String(idd),
    // National means the calling code: Jersey's numbers are dialled in Britain as its own.
    national:
      callingCode === "1"
        ? northAmericanPattern(metadata)
        : [
            ...new Set([
              ...patternsOf(metadata, callingCode, CALLABLE_TYPES),
              ...(EXAMPLE_NUMBERS[callingCode] ?? []),
            ]),
          ].join("|"),
    bare,
    emergency: EMERGENCY[region] ?? EMERGENCY_ELSEWHERE,
    words: languages.map((language) => WORDS[language]).join(" "),
    ...(own[8] ? { prefix: own[7], transform: own[8] } : {}),
  };
}

/**
 * All calling codes by the lengths of their numbers: a base-36 bit mask (bit n: n digits), "!" where a 0 behind the
 * calling code is a trunk prefix that must not be dialled (+61 (0)2, but not +39 06), ":" and the codes.
 */
function callingCodes(metadata) {
  const byLengths = new Map();
  const take = (code, countries, sign) => {
    const lengths = countries.flatMap((country) => (Array.isArray(country[3]) ? country[3] : []));
    const key = lengths.reduce((bits, length) => bits | (1 << length), 0).toString(36) + sign;
    byLengths.set(key, (byLengths.get(key) ?? "") + code);
  };
  for (const [code, names] of Object.entries(metadata.country_calling_codes)) {
    const countries = names.map((name) => metadata.countries[name]);
    take(code, countries, countries[0][5] === "0" ? "!" : "");
  }
  for (const [code, entry] of Object.entries(metadata.nonGeographic)) take(code, [entry], "");
  return [...byLengths].map(([key, codes]) => `${key}:${codes}`).join(" ");
}

const loadMetadata = async () => JSON.parse(await readFile(METADATA, "utf8"));

/** What a region's script is made from, for tests and benchmarks. */
export const loadRegion = async (region) => regionData(region, await loadMetadata());

/** The generated files: path from this folder → content. */
export async function planFiles() {
  const metadata = await loadMetadata();
  const note =
    "// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.\n" +
    "// biome-ignore-all format: written by a program\n";
  const files = {
    "src/detection/plan-patterns.ts": `${note}
/** The first three digits of an Australian number after its trunk 0. */
export const AUSTRALIAN_AREAS =
  ${JSON.stringify(australianAreas(metadata))};

/** Calling codes by the lengths of their numbers; plan.ts says how to read it. */
export const CALLING_CODES =
  ${JSON.stringify(callingCodes(metadata))};
`,
  };
  for (const region of Object.keys(metadata.countries)) {
    if (region === "AU") continue;
    files[`src/content/registered/region-${region}.ts`] = `${note}
import { nationalPlan } from "../../detection/national-plan.js";

globalThis.maxoRegion = "${region}";
globalThis.maxoPlans = { ...globalThis.maxoPlans, ${region}: nationalPlan(${JSON.stringify(regionData(region, metadata))}) };
`;
  }
  return files;
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
