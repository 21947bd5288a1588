import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Suites live in tests/extension beside the host's; packages are found in this folder. */
export default defineConfig({
  root: HERE,
  server: { fs: { allow: [path.join(HERE, "..")] } },
  resolve: {
    // The tests stand outside this folder, so a bare import there would not find node_modules.
    alias: [
      {
        find: /^(vitest|fast-check|happy-dom|libphonenumber-js)(\/.*)?$/,
        replacement: path.join(HERE, "node_modules", "$1$2"),
      },
    ],
  },
  test: {
    dir: path.join(HERE, "../tests/extension"),
    include: ["**/*.test.ts"],
    environment: "node",
    restoreMocks: true,
  },
});
