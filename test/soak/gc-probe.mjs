// Loaded into Nova's process before Nova: at SIGUSR2 it collects all garbage and says what is left, so that memory is
// measured as what is held, not as what the collector has not come to yet.
import { readFileSync, writeSync } from "node:fs";

process.on("SIGUSR2", () => {
  globalThis.gc();
  globalThis.gc();
  const { rss, heapUsed, external, heapTotal } = process.memoryUsage();
  const status = readFileSync("/proc/self/status", "utf8").match(/Rss\w+:\s+\d+/gu);
  writeSync(
    2,
    `${JSON.stringify({ level: 30, msg: "memory", rss, heapUsed, external, heapTotal, status })}\n`,
  );
});
