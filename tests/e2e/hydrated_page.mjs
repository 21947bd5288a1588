// Writes page.html and page.js into the folder given: a React page that renders the whole document, from <html> down,
// as server-rendered frameworks do. Any node that is not React's own is a hydration error there.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), "package.json"));
const { build } = require("esbuild");
const { createElement } = require("react");
const { renderToString } = require("react-dom/server");

const PAGE = `
import { createElement as h, useEffect, useState } from "react";
export function Page() {
  const [clicks, setClicks] = useState(0);
  useEffect(() => { window.hydrated = true; }, []);
  return h("html", { lang: "en" },
    h("head", null, h("meta", { charSet: "utf-8" }), h("title", null, "Hydrated")),
    h("body", { style: { margin: "180px 40px" } },
      h("p", null, "Reception (02) 5550 7777, workshop ", h("b", null, "(02)"), " 5550 8888"),
      h("button", { onClick: () => setClicks(clicks + 1) }, "Clicked " + clicks + " times")));
}`;
const START = `
import { createElement as h } from "react";
import { hydrateRoot } from "react-dom/client";
import { Page } from "page";
window.hydrationErrors = [];
const tell = (...words) => window.hydrationErrors.push(words.map(String).join(" "));
console.error = tell; // where React tells of attributes that are not its own
hydrateRoot(document, h(Page), { onRecoverableError: tell, onUncaughtError: tell });`;

const pageModule = {
  name: "page",
  setup(plugins) {
    plugins.onResolve({ filter: /^page$/ }, () => ({ path: "page", namespace: "page" }));
    plugins.onLoad({ filter: /.*/, namespace: "page" }, () => ({ contents: PAGE, resolveDir: process.cwd() }));
  },
};
const common = { bundle: true, write: false, plugins: [pageModule], define: { "process.env.NODE_ENV": '"development"' } };
const bundle = async (contents, options) => {
  const { outputFiles } = await build({ ...common, ...options, stdin: { contents, resolveDir: process.cwd() } });
  return outputFiles[0].text;
};

const rendered = await bundle(`export { Page } from "page";`, { format: "cjs", platform: "node", external: ["react"] });
const made = { exports: {} };
new Function("module", "exports", "require", rendered)(made, made.exports, require);
writeFileSync(path.join(folder, "page.html"), `<!DOCTYPE html>${renderToString(createElement(made.exports.Page))}`);
writeFileSync(path.join(folder, "page.js"), await bundle(START, { format: "iife" }));
