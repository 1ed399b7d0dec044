import { defineConfig } from "vitest/config";

/** One runner for every suite: no retries, so that a flaky test is a red test. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
  },
});
