import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { EXTENSION } from "./background/fake-browser.js";

const folder = mkdtempSync(path.join(tmpdir(), "maxo-build-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function build(name: string, ...more: string[]): Promise<Map<string, string>> {
  const outdir = path.join(folder, name);
  const script = path.join(EXTENSION, "build.mjs");
  await promisify(execFile)(process.execPath, [script, "--outdir", outdir, ...more]);
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(
    files.map((one) => {
      const file = path.join(one.parentPath, one.name);
      return [path.relative(outdir, file), readFileSync(file, "latin1")] as const;
    }),
  );
}

test("two builds have the same bytes, and the store's lacks only the key", async () => {
  const [one, other, store] = await Promise.all([build("one"), build("other"), build("store", "--variant", "store")]);
  expect(other).toEqual(one);
  expect([...store.keys()]).toEqual([...one.keys()]);
  const differs = [...one.keys()].filter((file) => one.get(file) !== store.get(file));
  expect(differs).toEqual(["manifest.json"]);
  const { key, ...rest } = JSON.parse(one.get("manifest.json") ?? "");
  expect(key).toBeTypeOf("string");
  expect(JSON.parse(store.get("manifest.json") ?? "")).toEqual(rest);
}, 30_000);

test("the pseudo-locale has every text longer and marked, and what is put in stays", async () => {
  const file = "_locales/en/messages.json";
  const [usual, pseudo] = await Promise.all([build("usual"), build("pseudo", "--variant", "pseudo")]);
  const differs = [...usual.keys()].filter((name) => usual.get(name) !== pseudo.get(name));
  expect(differs).toEqual([file]);
  const texts = (files: Map<string, string>) =>
    Object.entries(JSON.parse(Buffer.from(files.get(file) ?? "", "latin1").toString())) as [string, { message: string }][];
  const inserted = (message: string) => message.match(/\$\d|%s/g);
  texts(pseudo).forEach(([key, { message }], at) => {
    const [, before] = texts(usual)[at] ?? [];
    expect(message, key).toMatch(/^\[.*\]$/);
    expect(message.length, key).toBeGreaterThan((before?.message.length ?? 0) * 1.2);
    expect(inserted(message), key).toEqual(inserted(before?.message ?? ""));
  });
}, 30_000);

test("no file names the machine that built it", async () => {
  const files = await build("clean");
  const naming = [...files].filter(([, text]) => text.includes(EXTENSION) || text.includes(folder));
  expect(naming.map(([file]) => file)).toEqual([]);
}, 30_000);

test("an unknown variant builds nothing", async () => {
  await expect(build("wrong", "--variant", "beta")).rejects.toThrow(/--variant is/);
});
