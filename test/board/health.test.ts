// What a supervisor sees: alive, ready or not, and figures that are read and never remembered.
import { Hono } from "hono";
import { expect, test } from "vitest";
import { mountHealth } from "../../src/board/health.ts";
import type { HealthParts } from "../../src/board/health.ts";
import type { ChatAdapter, Health } from "../../src/ports.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { startWebChat } from "../support/web-chat.ts";

const figures = { open: 2, done: 40, outboxDue: 1, dead: 3 };
const adapter = (surface: ChatAdapter["surface"], state: Health["state"]): ChatAdapter => ({
  surface,
  resendSafeMs: 0,
  findAfterMs: 0,
  fits: () => true,
  start: async () => {},
  show: async () => ({ kind: "refused", why: "closed", isPostGone: false }),
  find: async () => ({ kind: "absent" }),
  working: () => () => {},
  preview: () => {},
  health: () => ({ state, detail: "token xoxb-secret was refused" }),
  stop: async () => {},
});

function mount(parts: Partial<HealthParts> = {}) {
  const app = new Hono();
  const clock = createHandClock();
  mountHealth(app, {
    adapters: [adapter("terminal", "ready"), adapter("slack", "degraded")],
    journal: { isWritable: async () => true, figures: async () => figures },
    clock,
    toolServers: { standing: () => [] },
    erps: () => [],
    ...parts,
  });
  return { app, clock };
}

test("is alive even when nothing else is well", async () => {
  const { app } = mount({ adapters: [adapter("slack", "fatal")] });
  expect((await app.request("/healthz")).status).toBe(200);
});

test("is ready when the journal is writable and every adapter is connected", async () => {
  const answer = await mount().app.request("/readyz");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    isReady: true,
    journal: "writable",
    adapters: { terminal: "ready", slack: "degraded" },
    reasons: { slack: "token (token) was refused" },
  });
});

test("is ready without a tool server, and says what is missing", async () => {
  const standing = [{ name: "notes", state: "failed", detail: "not connected" }] as const;
  const answer = await mount({ toolServers: { standing: () => standing } }).app.request("/readyz");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    mcp: { notes: "failed" },
    reasons: { "mcp/notes": "not connected" },
  });
});

test("is ready while an ERP is away, and says which and why", async () => {
  const erps = () => [
    { name: "books", state: "unreachable", detail: "Odoo did not answer: connect ECONNREFUSED." },
    { name: "main", state: "ready", detail: "" },
  ];
  const answer = await mount({ erps }).app.request("/readyz");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    erps: { books: "unreachable", main: "ready" },
    reasons: { "erp/books": "Odoo did not answer: connect ECONNREFUSED." },
  });
});

test.each(["connecting", "fatal", "stopped"] as const)(
  "is not ready while an adapter is %s",
  async (state) => {
    const answer = await mount({
      adapters: [adapter("terminal", "ready"), adapter("slack", state)],
    }).app.request("/readyz");
    expect(answer.status).toBe(503);
    const body = await answer.text();
    expect(body).not.toContain("secret");
    expect(body).toContain('"reasons":{"slack":"token (token) was refused"}');
  },
);

test.each([
  ["can't be written to", async () => false],
  [
    "throws",
    async () => {
      throw new Error("disk I/O error");
    },
  ],
])("is not ready when the journal %s", async (_name, isWritable) => {
  const { app } = mount({ journal: { isWritable, figures: async () => figures } });
  const answer = await app.request("/readyz");
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("not writable");
});

test("is not ready when the journal does not answer in time", async () => {
  const asked = Promise.withResolvers<void>();
  const never = new Promise<boolean>(() => {});
  const { app, clock } = mount({
    journal: {
      figures: async () => figures,
      isWritable: async () => {
        asked.resolve();
        return never;
      },
    },
  });
  const answering = app.request("/readyz");
  await asked.promise;
  clock.advance(2000);
  expect((await answering).status).toBe(503);
});

test("shows the journal's figures, the adapters' states and the process", async () => {
  const { app, clock } = mount();
  const answer = await app.request("/metrics");
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/plain");
  for (const line of [
    'nova_turns{state="open"} 2',
    'nova_turns{state="done"} 40',
    'nova_outbox{state="due"} 1',
    'nova_outbox{state="dead"} 3',
    "nova_journal_readable 1",
    'nova_adapter_state{surface="slack",state="degraded"} 1',
    'nova_adapter_state{surface="slack",state="ready"} 0',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(text).toMatch(/process_resident_memory_bytes \d+/u);
  expect(text).not.toContain("secret");
  expect(clock.waiting()).toBe(0);
});

test("does not repeat old figures when the journal can't be read", async () => {
  let isBroken = false;
  const { app } = mount({
    journal: {
      isWritable: async () => true,
      figures: async () => {
        if (isBroken) throw new Error("disk I/O error");
        return figures;
      },
    },
  });
  await app.request("/metrics");
  isBroken = true;
  const text = await (await app.request("/metrics")).text();
  expect(text).toContain("nova_journal_readable 0");
  expect(text).not.toContain("nova_turns{");
  expect(text).not.toContain("nova_outbox{");
});

test("sees a real adapter become stopped", async () => {
  const chat = await startWebChat();
  const { app } = mount({ adapters: [chat.web] });
  expect((await app.request("/readyz")).status).toBe(200);
  await chat.close();
  expect((await app.request("/readyz")).status).toBe(503);
});
