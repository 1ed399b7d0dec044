// The page itself, whole and in pieces: what `GET /` answers, and what a change looks like to a page that is open.
import { drawPost } from "./cards.ts";
import { markup } from "./html.ts";
import type { Html } from "./html.ts";
import { toHtml } from "./outbound.ts";
import { drawSave } from "./saving.ts";
import type { Entry, Store } from "./store.ts";

/** htmx without eval, history or styles of its own: the page's policy allows none of them. */
const htmxConfig = JSON.stringify({
  history: false,
  includeIndicatorCSS: false,
  extensions: "sse",
  // A reason that is being typed stays open when its card changes.
  morphIgnore: ["data-htmx-powered", "open"],
});
/** Comes back fast after a restart of Nova, which is on this machine. */
const sseConfig = '{"sse":{"reconnectDelay":300,"reconnectMaxDelay":4000}}';
const suggestions = ["What can you do?", "Which invoices are overdue?", "/agents", "/help"] as const;

export function drawPage(store: Store): Html {
  return markup`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
    <meta name="color-scheme" content="light dark">
    <meta name="htmx-config" content="${htmxConfig}">
    <title>Nova</title>
    <link rel="icon" href="/chat/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/chat/chat.css">
    <script src="/chat/chat.js" type="module"></script>
    <script src="/chat/htmx.js" defer></script>
  </head>
  <body>
    ${header}
    <main id="scroll" tabindex="0" aria-label="Conversation">
      <div class="column">
        ${welcome}
        <div id="log" role="log" aria-live="polite" aria-label="Messages">${store
          .changedAfter(0)
          .map((entry) => drawEntry(entry, null))}</div>
        <div id="preview" aria-live="off">${drawPreview(store)}</div>
        <div id="working" role="status">${drawWorking(store)}</div>
      </div>
    </main>
    ${composer}
    <div id="live" hx-sse:connect="/chat/events?after=${store.revision}" hx-trigger="load" hx-swap="none" hx-config="${sseConfig}"></div>
  </body>
</html>`;
}

const header = markup`<header class="bar">
      <img src="/chat/icon.svg" alt="" width="28" height="28">
      <h1>Nova</h1>
      <p id="connection" role="status"><span class="dot" aria-hidden="true"></span><span class="text">Connecting…</span></p>
    </header>`;

const welcome = markup`<section class="welcome" aria-label="Welcome">
          <h2>What shall we look at?</h2>
          <p>Ask in your own words, or start with a slash for a verb. Nothing is changed before you approve it.</p>
          <div class="buttons">${suggestions.map(
            (text) =>
              markup`<form action="/chat/messages" method="post" hx-post="/chat/messages" hx-target="#notice" hx-swap="textContent"><button class="plain" name="text" value="${text}">${text}</button></form>`,
          )}</div>
        </section>`;

const composer = markup`<footer class="bottom">
      <p id="notice" role="alert"></p>
      <form id="composer" action="/chat/messages" method="post" enctype="multipart/form-data" hx-post="/chat/messages" hx-target="#notice" hx-swap="textContent">
        <label class="unseen" for="text">Message to Nova</label>
        <textarea id="text" name="text" rows="1" maxlength="20000" autofocus enterkeyhint="send" autocomplete="off" placeholder="Message Nova, or / for a verb"></textarea>
        <label class="attach"><span class="unseen">Attach files</span><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M20 11.5 12.2 19a5 5 0 0 1-7-7l7.6-7.4a3.3 3.3 0 0 1 4.7 4.7l-7.6 7.3a1.7 1.7 0 0 1-2.4-2.3l6.9-6.7" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg><input type="file" name="files" multiple></label>
        <button class="send" aria-label="Send"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M12 19V5m-6 6 6-6 6 6" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg></button>
      </form>
    </footer>`;

const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** `swap`: how an open page takes it in; null on a page that is being served. */
function drawEntry(entry: Entry, swap: string | null): Html {
  const { content, elementId } = entry;
  const kind = content.kind === "own" ? "own" : content.post.kind;
  const at = new Date(entry.at);
  const how = swap === null ? null : markup` hx-swap-oob="${swap}"`;
  return markup`<article id="${elementId}" class="entry" data-kind="${kind}"${how}>
      <h3 class="unseen">${kind === "own" ? "You" : "Nova"}</h3>
      <div class="bubble">${content.kind === "own" ? drawOwn(content.text, content.isLost) : drawPost(content.post)}${drawSave(entry)}</div>
      <time datetime="${at.toISOString()}">${clockTime.format(at)}</time>
    </article>`;
}

function drawOwn(text: string, isLost: boolean): Html {
  return markup`<div class="words"><p class="typed">${text}</p></div>${
    isLost
      ? markup`<p class="lost">Not taken: it could not be written to the journal. Send it again.</p>`
      : null
  }`;
}

function drawPreview(store: Store): Html | null {
  if (store.preview === "") return null;
  return markup`<article class="entry" data-kind="preview"><div class="bubble"><div class="words">${toHtml(store.preview)}</div></div></article>`;
}
function drawWorking(store: Store): Html | null {
  if (!store.isWorking) return null;
  return markup`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span class="unseen">Nova is working</span>`;
}

/** Everything after `after` for a page that is open: new entries at the end, known ones in place. */
export function drawChanges(store: Store, after: number): Html {
  return markup`${store.changedAfter(after).map((entry) =>
    entry.born > after
      ? // A page may still hold one that left this window long ago and came back.
        markup`<div id="${entry.elementId}" hx-swap-oob="delete"></div><div hx-swap-oob="beforeend:#log">${drawEntry(entry, null)}</div>`
      : drawEntry(entry, "outerMorph"),
  )}`;
}

export function drawLive(store: Store): Html {
  return markup`<div id="preview" hx-swap-oob="innerHTML">${drawPreview(store)}</div>
    <div id="working" hx-swap-oob="innerHTML">${drawWorking(store)}</div>`;
}
