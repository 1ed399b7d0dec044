import { defineConfig } from "vitest/config";

/** One runner for every suite: no retries, so that a flaky test is a red test. */
export default defineConfig({
  test: {
    // `npm run test:data` measures on public data sets, where they lie beside the project, and `npm run test:soak` for
    // many minutes; neither is a part of `npm test`.
    include: [`test/**/*.${process.env["NOVA_TEST_KIND"] ?? "test"}.ts`],
    environment: "node",
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Many tests wait for child processes and sockets: a third worker fills the pauses of two cores.
    maxWorkers: 3,
  },
});
