import { expect, test } from "vitest";
import "./background/fake-browser.js";
import { installSteps } from "../../extension/src/first-run/install-words.js";

const DEVELOPMENT = "mekckcfhcmacbbccnadgbbpiclkfnopo";
const commands = (os: string, fault: string, extensionId = DEVELOPMENT) =>
  installSteps({ os, fault, extensionId }).map(({ command }) => command);

test("each system is told its own way to the helper", () => {
  expect(commands("linux", "host_not_found")).toContain("sudo apt install ./maxo-click-to-call_*.deb");
  expect(commands("win", "host_not_found")).toEqual([null, "maxo-call register"]);
  expect(installSteps({ os: "win", fault: "host_not_found", extensionId: DEVELOPMENT })[0]?.words).toMatch(/\.msi/);
  expect(installSteps({ os: "mac", fault: "host_not_found", extensionId: DEVELOPMENT })[0]?.words).toMatch(/\.pkg/);
});

test("a helper that does not know this extension is told of it, and nothing is installed again", () => {
  expect(commands("linux", "host_forbidden", "abcdefghijklmnopabcdefghijklmnop")).toEqual([
    "maxo-call register --extension-id abcdefghijklmnopabcdefghijklmnop",
  ]);
});
