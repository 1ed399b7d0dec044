import { defineConfig } from "vitest/config";

const kind = process.env["NOVA_TEST_KIND"] ?? "test";
/** A real ERP takes seconds for what a fake does at once, and a row of processes is no single call. */
const patienceMs: Readonly<Record<string, number>> = { tryton: 240_000, evals: 90_000 };

/** One runner for every suite: no retries, so that a flaky test is a red test. */
export default defineConfig({
  test: {
    // More kinds have a command of their own: `npm run test:conformance` (every rule of delivery on every surface, with its
    // real waits), `npm run test:approvals` (seeded storms of presses and edits), `npm run test:contracts` (every agent breaks
    // its contract in every way), `npm run test:data` (public data sets, where they lie beside the project),
    // `npm run test:evals` (the `eval` command as it is typed), `npm run test:tryton` (a real ERP), and `npm run test:soak`
    // (many minutes).
    include: [`test/**/*.${kind}.ts`],
    globalSetup: kind === "tryton" ? ["test/support/tryton/setup.ts"] : [],
    environment: "node",
    retry: 0,
    // How long a condition may take to come true: a busy machine is no defect.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: patienceMs[kind] ?? 20_000,
    hookTimeout: patienceMs[kind] ?? 20_000,
    // Many tests wait for child processes and sockets: three workers more fill the pauses of two cores. They load what they
    // test once, not once per file: no module keeps state between tests.
    // A Tryton that sets up one database while it answers for another one fails now and then: one file at a time there.
    maxWorkers: kind === "tryton" ? 1 : 5,
    isolate: false,
  },
});
