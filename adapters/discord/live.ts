// An answer that grows in place: posted under the nonce of the post that will take its place, so that a resend after a
// crash finds it, and edited as seldom as Discord's limits want.
import type { LiveCall, LivePosts } from "../../src/surfaces/live-posts.ts";
import { createLivePosts } from "../../src/surfaces/live-posts.ts";
import type { ChatAdapter, Clock, Delivery, Preview, Shown } from "../../src/ports.ts";
import type { Post } from "../../src/post.ts";
import { splitText } from "../../src/surfaces/split-text.ts";
import { fits } from "./cards.ts";

export type LiveParts = {
  readonly clock: Clock;
  readonly outbound: Pick<ChatAdapter, "show" | "find">;
  readonly canBegin: () => boolean;
};
export type Live = Pick<ChatAdapter, "show" | "find" | "preview"> & Pick<LivePosts, "endAll">;

const beginAfterMs = 1_500;
const editEveryMs = 1_200;

export function createLive({ clock, outbound, canBegin }: LiveParts): Live {
  const tell = async (preview: Preview, shownAs: string | null): Promise<LiveCall> =>
    toCall(await outbound.show(toDelivery(preview, shownAs)));
  const posts = createLivePosts(clock, {
    beginAfterMs,
    changeEveryMs: editEveryMs,
    // Discord counts the edits of a channel, whichever message they change.
    laneOf: ({ thread }) => thread,
    canBegin,
    begin: async (preview) => tell(preview, null),
    change: async (platformId, preview) => tell(preview, platformId),
  });
  return {
    find: outbound.find,
    preview: posts.preview,
    endAll: posts.endAll,
    show: async (delivery) => {
      const ending = posts.end(delivery.id);
      if (ending === null) return outbound.show(delivery);
      const live = await ending;
      // Where nobody knows whether it arrived, the same nonce gives it back.
      const known = live === null || live === "unclear" ? null : live.platformId;
      const shown = await outbound.show({ ...delivery, shownAs: delivery.shownAs ?? known });
      if (shown.kind === "shown" || shown.kind === "refused") posts.forget(delivery.id);
      return shown;
    },
  };
}

function toCall(shown: Shown): LiveCall {
  if (shown.kind === "shown") return { platformId: shown.platformId };
  return shown.kind === "unclear" ? "unclear" : "over";
}

function toDelivery({ id, thread, inReplyTo, text }: Preview, shownAs: string | null): Delivery {
  const post: Post = {
    kind: "reply",
    text: splitText(text, fits)[0] ?? "",
    card: null,
    buttons: [],
    footer: "writing…",
    only: null,
  };
  return { id, thread, post, shownAs, inReplyTo };
}
