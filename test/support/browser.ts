// Debian's Chromium for the tests of pages; where there is none they skip, and say so.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";

const executablePath = "/usr/bin/chromium";
export const hasBrowser = existsSync(executablePath);
export const inBrowser = test.skipIf(!hasBrowser);

/** One browser for the tests of a file. Without the flags it would look for its vendor's hosts at every start. */
export function useBrowser(whatFor: string): () => Browser {
  let browser: Browser | null = null;
  if (!hasBrowser)
    console.warn(`SKIPPED: no browser at ${executablePath}; install chromium to test ${whatFor}.`);
  beforeAll(async () => {
    if (!hasBrowser) return;
    browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  }, 60_000);
  afterAll(async () => browser?.close());
  return () => {
    if (browser === null) throw new Error("the browser is started before the first test");
    return browser;
  };
}
