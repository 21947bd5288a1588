// Builds extension/dist: bundles the entries below with esbuild and copies static/.
// Same input, same bytes: no hashes, times or absolute paths go into the output. Any error ends with a non-zero status.

import { access, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { writePlans } from "./plan-patterns.mjs";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
/** What every frame of every page pays for: the resident script may not grow beyond this. */
const RESIDENT_SCRIPT_MAX_BYTES = 16 * 1024;

/**
 * Property names that stand only in our own objects of content scripts: they are written out short. No name of the DOM,
 * of a message, of a plan or of `maxoResident` may be here, because those are read by other bundles and the browser.
 */
const PRIVATE_PROPERTIES =
  /^(?:nodes|starts|prior|heading|weak|unmark|schedule|sliced|reading|scanLine|borders|areaCode|around|found|first|last|link)$/;

const { values: options } = parseArgs({
  options: {
    watch: { type: "boolean", default: false },
    variant: { type: "string", default: "development" },
    outdir: { type: "string", default: path.join(ROOT, "dist") },
  },
});
const DIST = path.resolve(options.outdir);
if (!["development", "store", "pseudo"].includes(options.variant)) {
  throw new Error(`--variant is "development", "store" or "pseudo", not "${options.variant}"`);
}

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "info",
  minify: true,
  outdir: DIST,
  // The browser floor of the manifest, stated once more because esbuild cannot read it from there.
  target: ["chrome140", "firefox150"],
};

/** Files of src/content/registered/: tiny scripts that the background registers at document_start. */
async function registeredScripts() {
  const folder = path.join(ROOT, "src/content/registered");
  const names = await readdir(folder).catch((error) =>
    error.code === "ENOENT" ? [] : Promise.reject(error),
  );
  return names
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => path.join("src/content/registered", name));
}

/** Entries as esbuild takes them: output name → source. */
async function bundles() {
  const registered = await registeredScripts();
  const registeredNames = registered.map((file) => `${path.basename(file, ".ts")}.js`);
  const byName = (files) => Object.fromEntries(files.map((file) => [path.basename(file, ".ts"), file]));
  return [
    // Content scripts cannot be modules.
    {
      ...common,
      format: "iife",
      mangleProps: PRIVATE_PROPERTIES,
      entryPoints: byName(["src/content/content.ts", "src/content/card.ts", ...registered]),
    },
    {
      ...common,
      format: "esm",
      // The background may register only what there is.
      define: { REGISTERED_SCRIPTS: JSON.stringify(registeredNames) },
      entryPoints: byName([
        "src/background/background.ts",
        "src/popup/popup.ts",
        "src/options/options.ts",
        "src/first-run/first-run.ts",
      ]),
    },
  ];
}

/** Copies static/ and writes the manifest; the store variant has no `key`, because stores give their own ID. */
async function copyStatic() {
  await mkdir(DIST, { recursive: true });
  await cp(path.join(ROOT, "static"), DIST, {
    recursive: true,
    filter: (source) => !source.endsWith(".svg"),
  });
  const manifest = JSON.parse(await readFile(path.join(ROOT, "static/manifest.json"), "utf8"));
  const { version } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  if (manifest.version !== version) {
    throw new Error(`manifest.json says version ${manifest.version}, package.json ${version}`);
  }
  if (options.variant === "store") delete manifest.key;
  await writeFile(path.join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Longer texts with marks on every letter: what is cut off, or stands in the sources instead of _locales, is seen. */
async function writePseudoTexts() {
  const file = path.join(DIST, "_locales/en/messages.json");
  const texts = JSON.parse(await readFile(file, "utf8"));
  for (const entry of Object.values(texts)) entry.message = pseudo(entry.message);
  await writeFile(file, `${JSON.stringify(texts, null, 2)}\n`);
}

/** A text a third longer, in brackets, its vowels accented; what is put in by $1 or %s stays. */
function pseudo(message) {
  const accents = { a: "ä", e: "ë", i: "ï", o: "ö", u: "ü", A: "Ä", E: "Ë", I: "Ï", O: "Ö", U: "Ü" };
  const words = message.replace(/[aeiou]/gi, (letter) => accents[letter]);
  return `[${words}${" ~".repeat(Math.ceil(message.length / 6))}]`;
}

async function checkSizes() {
  const { length } = await readFile(path.join(DIST, "content.js"));
  if (length > RESIDENT_SCRIPT_MAX_BYTES) {
    throw new Error(`content.js has ${length} bytes; at most ${RESIDENT_SCRIPT_MAX_BYTES} are allowed`);
  }
}

/** Every file that the manifest names is there: a browser would find out only on a person's machine. */
async function checkNamedFiles() {
  const manifest = JSON.parse(await readFile(path.join(DIST, "manifest.json"), "utf8"));
  const named = [
    manifest.background.service_worker,
    manifest.action.default_popup,
    manifest.options_ui.page,
    ...Object.values(manifest.icons),
    ...manifest.content_scripts.flatMap(({ js, css }) => [...js, ...css]),
  ];
  await Promise.all(named.map((file) => access(path.join(DIST, file))));
}

await writePlans();
await rm(DIST, { recursive: true, force: true });
await copyStatic();
if (options.variant === "pseudo") await writePseudoTexts();
const all = await bundles();
if (options.watch) {
  for (const bundle of all) await (await esbuild.context(bundle)).watch();
} else {
  await Promise.all(all.map((bundle) => esbuild.build(bundle)));
  await checkSizes();
  await checkNamedFiles();
}
