// What a form alone can't do: Enter sends, the box empties, the line's state is shown, and a page from before a
// restart renews itself without losing what was being typed. It runs before htmx, so that no event of it is missed.

/**
 * @template {HTMLElement} T
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
function part(selector, type) {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}
/** htmx tells in `event.detail`, which is whatever it is. @param {Event} event @param {...string} path @returns {unknown} */
function told(event, ...path) {
  /** @type {unknown} */
  let value = event instanceof CustomEvent ? event.detail : null;
  for (const name of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  }
  return value;
}
/** Secure contexts have it, and so has every address that Nova listens on by default. @returns {string | null} */
const newKey = () => ("randomUUID" in crypto ? crypto.randomUUID() : null);

const composer = part("#composer", HTMLFormElement);
const text = part("#text", HTMLTextAreaElement);
const notice = part("#notice", HTMLElement);
const scroll = part("#scroll", HTMLElement);
const connection = part("#connection", HTMLElement);
const connectionText = part("#connection .text", HTMLElement);
const attach = part("#composer .attach", HTMLLabelElement);
const files = part("#composer input[type=file]", HTMLInputElement);
const draft = "nova.draft";

text.value = sessionStorage.getItem(draft) ?? "";
let key = newKey();

text.addEventListener("input", () => {
  sessionStorage.setItem(draft, text.value);
  // Other words are another message; the same words sent again are the same one.
  key = newKey();
});
/** How many files go along is seen on the clip, their names when it is pointed at. */
function countFiles() {
  const chosen = [...(files.files ?? [])];
  attach.title = chosen.map(({ name }) => name).join(", ");
  if (chosen.length === 0) delete attach.dataset["count"];
  else attach.dataset["count"] = String(chosen.length);
}
files.addEventListener("change", () => {
  countFiles();
  key = newKey();
});
text.addEventListener("keydown", (event) => {
  const isTouch = matchMedia("(pointer: coarse)").matches;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || isTouch) return;
  event.preventDefault();
  composer.requestSubmit();
});

document.addEventListener("htmx:config:request", (event) => {
  const body = told(event, "ctx", "request", "body");
  if (!(body instanceof FormData)) return;
  notice.textContent = "";
  if (told(event, "ctx", "sourceElement") === composer && key !== null) body.set("key", key);
});
document.addEventListener("htmx:after:request", (event) => {
  if (told(event, "ctx", "response", "status") !== 204) return;
  // The newest entry is at the bottom, which is where this list begins.
  scroll.scrollTop = 0;
  text.focus({ preventScroll: true });
  if (told(event, "ctx", "sourceElement") !== composer) return;
  composer.reset();
  countFiles();
  sessionStorage.removeItem(draft);
  key = newKey();
});
document.addEventListener("htmx:error", (event) => {
  if (told(event, "ctx", "sourceElement") instanceof HTMLFormElement) {
    notice.textContent = "Nova could not be reached; check that it is running, then send again.";
  } else {
    tell("lost", "Disconnected; reload the page");
  }
});

/** @param {"open" | "lost"} state @param {string} words */
function tell(state, words) {
  connection.dataset["state"] = state;
  connectionText.textContent = words;
}
document.addEventListener("htmx:sse:after:connection", () => tell("open", "Connected"));
document.addEventListener("htmx:sse:close", () => tell("lost", "Disconnected"));
document.addEventListener("htmx:sse:error", (event) => {
  tell("lost", "Reconnecting…");
  // Nova was started anew: this page's session is over, and the next one is a reload away.
  if (told(event, "status") === 403) location.reload();
});
