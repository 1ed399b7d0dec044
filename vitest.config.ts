import { defineConfig } from "vitest/config";

/** One runner for every suite: no retries, so that a flaky test is a red test. */
export default defineConfig({
  test: {
    // `npm run test:data` measures on public data sets, where they lie beside the project; it is no part of `npm test`.
    include: [process.env["NOVA_TEST_DATA"] === "1" ? "test/**/*.data.ts" : "test/**/*.test.ts"],
    environment: "node",
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Many tests wait for child processes and sockets: a third worker fills the pauses of two cores.
    maxWorkers: 3,
  },
});
