// The whole soak: 10,000 messages over 1,000 threads on each fake platform, with flat memory over the last 8,000.
// SOAK_MESSAGES and SOAK_THREADS change its size.
import { afterAll, describe, expect, test } from "vitest";
import { soak, soaked } from "./soak.ts";
import type { SoakFigures } from "./soak.ts";

const messages = Number(process.env["SOAK_MESSAGES"] ?? "10000");
const threads = Number(process.env["SOAK_THREADS"] ?? "1000");
const all: SoakFigures[] = [];

afterAll(() => {
  console.table(
    all.map(({ residentMb, heapMb, deviation, violations, ...figures }) => ({
      ...figures,
      seconds: Math.round(figures.seconds),
      "a second": Math.round(figures.messages / figures.seconds),
      "MiB at a fifth": Math.round(residentMb[Math.floor(residentMb.length / 5)] ?? 0),
      "MiB at the end": Math.round(residentMb.at(-1) ?? 0),
      "heap at a fifth": Math.round(heapMb[Math.floor(heapMb.length / 5)] ?? 0),
      "heap at the end": Math.round(heapMb.at(-1) ?? 0),
      "± %": Math.round(deviation * 1_000) / 10,
      violations: violations.length,
    })),
  );
});

describe.each(soaked)("on %s", (surface) => {
  test(`${messages} messages over ${threads} threads`, { timeout: 1_800_000 }, async () => {
    const figures = await soak(surface, { messages, threads, seed: 1 });
    all.push(figures);
    console.log(`${surface}: MiB ${figures.residentMb.map(Math.round).join(" ")}`);
    console.log(`${surface}: heap ${figures.heapMb.map(Math.round).join(" ")}`);
    expect(figures).toMatchObject({ lost: 0, doubled: 0, disordered: 0, violations: [] });
    expect(figures.deviation).toBeLessThanOrEqual(0.1);
  });
});
