// Slack's own address of a post, built from the workspace's: the same that "Copy link" gives, without a call.
import type { ThreadId } from "../../src/ids.ts";
import { placeOf, tsOf } from "./addresses.ts";

/** `workspace`: e.g. `https://acme.slack.com/`, as Slack says when Nova asks who it is. Null: there is no such address. */
export function linkTo(workspace: string, thread: ThreadId, platformId: string): string | null {
  const place = placeOf(thread);
  const ts = tsOf(platformId);
  if (place === null || !/^\d+\.\d+$/u.test(ts) || !/^https:\/\/[\w.-]+\/$/u.test(workspace)) return null;
  const { channel, threadTs } = place;
  const inThread = threadTs === null || threadTs === ts ? "" : `?thread_ts=${threadTs}&cid=${channel}`;
  return `${workspace}archives/${channel}/p${ts.replace(".", "")}${inThread}`;
}
