// How often Slack takes a method: posts by channel and second, everything else by its tier, a minute and a workspace.
// A bucket holds a minute's worth and fills up evenly.
import { textOf } from "./core.ts";
import type { Settings } from "./core.ts";

type Call = { readonly method: string; readonly args: Record<string, unknown>; readonly workspace: string };

const perMinute: Readonly<Record<string, number>> = {
  "chat.update": 50,
  "chat.delete": 50,
  "chat.postEphemeral": 100,
  "chat.startStream": 20,
  "chat.appendStream": 100,
  "chat.stopStream": 20,
  "conversations.history": 50,
  "conversations.replies": 50,
  "conversations.info": 50,
  "conversations.open": 50,
  "conversations.join": 50,
  "conversations.list": 20,
  "conversations.members": 100,
  "files.completeUploadExternal": 100,
  "files.getUploadURLExternal": 100,
  "files.info": 100,
  "reactions.add": 50,
  "reactions.remove": 20,
  "users.info": 100,
  "views.open": 100,
  "views.publish": 100,
  "views.push": 100,
  "views.update": 100,
};

/** True: one too many. Everything is as much faster as posts are in these settings. */
export function createTiers(settings: Settings): (call: Call) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const take = (key: string, burst: number, perSecond: number): boolean => {
    const now = performance.now();
    const bucket = buckets.get(key) ?? { tokens: burst, atMs: now };
    const gained = ((now - bucket.atMs) / 1000) * perSecond;
    const tokens = Math.min(burst, bucket.tokens + gained);
    buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: now });
    return tokens < 1;
  };
  return ({ method, args, workspace }) => {
    const { postBurst, postsPerSecond } = settings;
    if (method === "chat.postMessage")
      return take(`${workspace}/${textOf(args["channel"])}`, postBurst, postsPerSecond);
    const tier = perMinute[method];
    if (tier === undefined) return false;
    const scale = Math.max(1, postsPerSecond);
    return take(`${workspace} ${method}`, tier * scale, (tier * scale) / 60);
  };
}
