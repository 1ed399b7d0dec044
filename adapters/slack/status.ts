// The line under a thread that says Nova is at work. Shown only when the answer takes its time, refreshed before Slack
// drops it, and never allowed to delay or fail anything.
import type { WebClient } from "@slack/web-api";
import type { ThreadId } from "../../src/ids.ts";
import type { Clock } from "../../src/ports.ts";
import { placeOf } from "./addresses.ts";
import { problemOf } from "./outcomes.ts";
import type { Report } from "./wire.ts";

/** Most answers are there sooner, and then need no second call to Slack. */
const showAfterMs = 800;
/** Slack clears a status after two minutes. */
const refreshMs = 90_000;

export function showWorking(
  deps: { readonly client: WebClient; readonly clock: Clock; readonly report: Report },
  thread: ThreadId,
): () => void {
  const place = placeOf(thread);
  // A status needs a thread; a direct message outside one has none.
  if (place === null || place.threadTs === null) return () => {};
  const { channel, threadTs } = place;
  let isShown = false;
  const set = (status: string): void => {
    deps.client.assistant.threads
      .setStatus({ channel_id: channel, thread_ts: threadTs, status })
      .catch((thrown: unknown) => deps.report("info", `no status shown: ${problemOf(thrown).why}`));
  };
  const show = (): void => {
    isShown = true;
    set("is working on it…");
    cancel = deps.clock.after(refreshMs, show);
  };
  let cancel = deps.clock.after(showAfterMs, show);
  return () => {
    cancel();
    if (isShown) set("");
    isShown = false;
  };
}
