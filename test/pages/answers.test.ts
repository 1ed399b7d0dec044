// An answer on the page, as a browser lays it out: nothing sticks out on a phone, a table of many columns becomes
// entries there, and a link can be followed without telling its target where it came from.
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect } from "vitest";
import { inBrowser, useBrowser } from "../support/browser.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { proposal, reply } from "../support/posts.ts";
import { startWebChat } from "../support/web-chat.ts";
import type { WebChatUnderTest } from "../support/web-chat.ts";

const browser = useBrowser("answers on the page");

const answer = `# Overdue
See [the ledger](https://erp.example.org/ledger), not [bank.example](https://evil.example).

| Invoice | Customer | Due | Amount |
|---|---|---|--:|
| SI-0001 | Brightside Cleaning and Facility Services Ltd | 2026-10-01 | EUR 420.00 |
| SI-0002 | | 2026-10-04 | EUR 1,260.00 |

- [x] one
  - two
\`\`\`ts
const reminder = await draft({ kind: "reminder", invoices: ["SI-0001", "SI-0002", "SI-0003"] });
\`\`\`
${"unbreakable".repeat(40)}`;

let chat: WebChatUnderTest;
beforeEach(async () => {
  chat = await startWebChat({ clock: createHandClock() });
  await chat.show(reply(answer, { footer: "erp/invoices · just now" }), { id: "o1" });
  await chat.show(proposal({ title: "x".repeat(200), effects: [`${"y".repeat(120)}: ${"z".repeat(120)}`] }), {
    id: "o2",
  });
});
afterEach(async () => {
  await chat.close();
});

async function open(
  width: number,
  scheme: "light" | "dark",
): Promise<{ page: Page; complaints: readonly string[] }> {
  const page = await browser().newPage({ viewport: { width, height: 844 }, colorScheme: scheme });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await page.goto(chat.url);
  await page.locator("article").first().waitFor();
  return { page, complaints };
}

/** Runs in the browser, whose names no type of this project knows. */
const look = `(() => {
  const style = (part, pseudo) => getComputedStyle(document.querySelector(part), pseudo);
  const parts = [...document.querySelectorAll("body, #scroll, .bubble")];
  return {
    wide: parts.filter((part) => part.scrollWidth > part.clientWidth + 1).length,
    cell: style("table.wide td:nth-child(2)").display,
    name: style("table.wide td:nth-child(4)", "::before").content,
    links: [...document.querySelectorAll("a")].map((link) => [link.href, link.rel, link.target, link.textContent]),
  };
})()`;

inBrowser.each([
  [320, "light", "block"],
  [390, "dark", "block"],
  [1280, "light", "table-cell"],
] as const)("at %i px, %s, everything is in its place", async (width, scheme, cells) => {
  const { page, complaints } = await open(width, scheme);
  const seen: unknown = await page.evaluate(look);
  const quiet = ["noopener noreferrer nofollow", "_blank"];
  expect(seen).toEqual({
    wide: 0,
    cell: cells,
    name: cells === "block" ? '"Amount: "' : "none",
    links: [
      ["https://erp.example.org/ledger", ...quiet, "the ledger (erp.example.org)"],
      ["https://evil.example/", ...quiet, "https://evil.example"],
    ],
  });
  expect(complaints).toEqual([]);
  await page.close();
});
