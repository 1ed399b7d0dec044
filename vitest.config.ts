import { defineConfig } from "vitest/config";

/** One runner for every suite: no retries, so that a flaky test is a red test. */
export default defineConfig({
  test: {
    // Three more kinds have a command of their own: `npm run test:conformance` (every rule of delivery on every surface,
    // with its real waits), `npm run test:data` (public data sets, where they lie beside the project), and
    // `npm run test:soak` (many minutes).
    include: [`test/**/*.${process.env["NOVA_TEST_KIND"] ?? "test"}.ts`],
    environment: "node",
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Many tests wait for child processes and sockets: two workers more fill the pauses of two cores. They load what they
    // test once, not once per file: no module keeps state between tests.
    maxWorkers: 4,
    isolate: false,
  },
});
