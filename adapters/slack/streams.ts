// Slack's streams, and edits where no stream can be: each call once, in Slack's words. A stream can be added to and
// stopped; only then can its message be changed.
import { z } from "zod";
import type { Preview } from "../../src/ports.ts";
import type { Post } from "../../src/post.ts";
import { platformIdOf, teamOf, tsOf, userOf } from "./addresses.ts";
import { drawPost } from "./cards.ts";
import type { Drawn } from "./cards.ts";
import type { LeanCall } from "./lean-call.ts";
import { codeOf } from "./outcomes.ts";
import { toDelta, toStreamText } from "./stream-text.ts";

export type Streams = {
  /** Platform id of the message that grows. */
  readonly start: (
    preview: Preview,
    place: { readonly channel: string; readonly threadTs: string },
  ) => Promise<string>;
  readonly post: (preview: Preview, channel: string) => Promise<string>;
  /** It can be added to; otherwise a change is an edit. */
  readonly isRunning: (platformId: string) => boolean;
  readonly change: (platformId: string, preview: Preview) => Promise<string>;
  /** Does nothing where no stream of this process runs. */
  readonly stop: (platformId: string, id: string) => Promise<void>;
};

const quiet = { unfurl_links: false, unfurl_media: false, parse: "none", link_names: false } as const;
const Sent = z.object({ ts: z.string() });
const notStreaming = "message_not_in_streaming_state";
const stillStreaming = "streaming_state_conflict";

/** The outbox id, and that the message is not yet what the outbox wants said. */
const draftOf = (id: string) => ({ event_type: "nova_outbox", event_payload: { id, preview: true } });

export function createStreams(call: LeanCall): Streams {
  /** What each running stream has said so far. */
  const said = new Map<string, string>();
  return {
    start: async (preview, { channel, threadTs }) => {
      const text = toStreamText(preview.text);
      const { ts } = Sent.parse(
        await call("chat.startStream", {
          channel,
          thread_ts: threadTs,
          recipient_user_id: userOf(preview.account),
          recipient_team_id: teamOf(preview.account),
          markdown_text: text,
        }),
      );
      said.set(platformIdOf(channel, ts), text);
      return platformIdOf(channel, ts);
    },
    post: async (preview, channel) => {
      const args = { channel, ...draw(preview.text), metadata: draftOf(preview.id), ...quiet };
      const { ts } = Sent.parse(await call("chat.postMessage", args));
      return platformIdOf(channel, ts);
    },
    isRunning: (platformId) => said.has(platformId),
    change: async (platformId, preview) => {
      const sent = said.get(platformId);
      if (sent === undefined) await edit(call, platformId, preview);
      else await append({ call, said }, platformId, preview);
      return platformId;
    },
    stop: async (platformId, id) => {
      if (said.delete(platformId)) await stopStream(call, platformId, id);
    },
  };
}

type Running = { readonly call: LeanCall; readonly said: Map<string, string> };

async function append({ call, said }: Running, platformId: string, preview: Preview): Promise<void> {
  const before = said.get(platformId) ?? "";
  const more = toDelta(before, toStreamText(preview.text));
  if (more === "") return;
  try {
    await call("chat.appendStream", { ...messageOf(platformId), markdown_text: more });
    said.set(platformId, before + more);
  } catch (thrown) {
    if (codeOf(thrown) !== notStreaming) throw thrown;
    // Slack ends a stream that was silent for long; its message can be edited like any other from then on.
    said.delete(platformId);
    await edit(call, platformId, preview);
  }
}

async function edit(call: LeanCall, platformId: string, { id, text }: Preview): Promise<void> {
  const args = { ...draw(text), metadata: draftOf(id), ...quiet };
  await call("chat.update", { ...messageOf(platformId), ...args });
}

async function stopStream(call: LeanCall, platformId: string, id: string): Promise<void> {
  try {
    await call("chat.stopStream", { ...messageOf(platformId), metadata: draftOf(id) });
  } catch (thrown) {
    if (codeOf(thrown) !== notStreaming) throw thrown;
  }
}

/** An edit of a message that may still be a stream, left running by a process that died. */
export async function updateOver(
  call: LeanCall,
  args: Readonly<Record<string, unknown>> & { readonly channel: string; readonly ts: string },
): Promise<void> {
  try {
    await call("chat.update", args);
  } catch (thrown) {
    if (codeOf(thrown) !== stillStreaming) throw thrown;
    await call("chat.stopStream", { channel: args.channel, ts: args.ts });
    await call("chat.update", args);
  }
}

function messageOf(platformId: string): { readonly channel: string; readonly ts: string } {
  return { channel: platformId.slice(0, platformId.indexOf(":")), ts: tsOf(platformId) };
}

/** Drawn as the final post will be. */
function draw(text: string): Pick<Drawn, "text" | "blocks"> {
  const post: Post = { kind: "reply", text, card: null, buttons: [], footer: "writing…", only: null };
  return drawPost(post);
}
