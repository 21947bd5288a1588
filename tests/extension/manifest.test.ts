import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { EXTENSION } from "./background/fake-browser.js";

const manifest = JSON.parse(readFileSync(path.join(EXTENSION, "static/manifest.json"), "utf8"));

test("pages can reach nothing of ours", () => {
  expect(manifest).not.toHaveProperty("web_accessible_resources");
  expect(manifest).not.toHaveProperty("externally_connectable");
});

test("it asks for what it uses and not for more", () => {
  expect(manifest.permissions).toEqual(["activeTab", "nativeMessaging", "contextMenus", "storage", "scripting"]);
  expect(manifest.host_permissions).toEqual(["<all_urls>"]);
  // Asked for when a person chooses to be notified.
  expect(manifest.optional_permissions).toEqual(["notifications"]);
});

test("no more keys are suggested than browsers take", () => {
  const commands = Object.values(manifest.commands) as { suggested_key?: unknown }[];
  expect(commands.filter((command) => command.suggested_key !== undefined).length).toBeLessThanOrEqual(4);
});

test("one manifest serves both browsers", () => {
  expect(manifest.manifest_version).toBe(3);
  expect(manifest.background).toEqual({
    service_worker: "background.js",
    scripts: ["background.js"],
    type: "module",
  });
  expect(manifest.browser_specific_settings.gecko.id).toBe("click-to-call@maxo.com.au");
});

test("the development key gives the ID that host manifests name", () => {
  const digest = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex");
  const id = [...digest.slice(0, 32)].map((digit) => "abcdefghijklmnop"[Number.parseInt(digit, 16)]).join("");
  expect(id).toBe("mekckcfhcmacbbccnadgbbpiclkfnopo");
});

test("the resident script runs in every frame, after the page", () => {
  expect(manifest.content_scripts).toEqual([
    {
      matches: ["<all_urls>"],
      js: ["australia.js", "content.js"],
      css: ["content.css"],
      // Firefox paints into shadow trees only from a user style sheet; Chromium does not know the key and paints anyway.
      css_origin: "user",
      run_at: "document_idle",
      all_frames: true,
      match_origin_as_fallback: true,
    },
  ]);
});

test("Firefox is told what leaves the browser for the helper", () => {
  expect(manifest.browser_specific_settings.gecko.data_collection_permissions).toEqual({
    required: ["authenticationInfo", "personalCommunications", "personallyIdentifyingInfo", "websiteContent"],
  });
});
