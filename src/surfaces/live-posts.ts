// Posts that grow while their answer is being written: begun only when the answer takes long, changed no oftener than the
// platform bears, ended by the answer itself. The surface says how to begin one and how to change it; when, is said here.
import type { Clock, Preview } from "../ports.ts";

/** What came of a call. `unclear`: it may have arrived; `over`: it did not, and there is no use in going on. */
export type LiveCall = { readonly platformId: string } | "unclear" | "over";
export type LiveWay = {
  /** Quicker answers never get a preview. */
  readonly beginAfterMs: number;
  readonly changeEveryMs: number;
  /** Previews of one lane share its pace. */
  readonly laneOf: (preview: Preview) => string;
  readonly canBegin: (preview: Preview) => boolean;
  readonly begin: (preview: Preview) => Promise<LiveCall>;
  readonly change: (platformId: string, preview: Preview) => Promise<LiveCall>;
};
/** What stands on the platform for an id; `unclear`: perhaps something, nobody knows what. */
export type LiveEnd = { readonly platformId: string } | "unclear";
export type LivePosts = {
  /** Never throws, never waits. */
  readonly preview: (preview: Preview) => void;
  /** No further change begins. Null at once where nothing was ever sent; else when no call is on its way any more. */
  readonly end: (id: string) => Promise<LiveEnd | null> | null;
  /** The id of what grows there; null: nothing of this process does. */
  readonly ownerOf: (platformId: string) => string | null;
  /** The answer stands in its place. */
  readonly forget: (id: string) => void;
  /** Ends all; resolves to what stands. */
  readonly endAll: () => Promise<readonly { readonly id: string; readonly platformId: string }[]>;
};

type Live = {
  latest: Preview;
  platformId: string | null;
  /** A call said that it certainly did not arrive, and nothing had arrived before. */
  isNowhere: boolean;
  /** No further call. */
  isOver: boolean;
  /** The last text that a call carried. */
  sent: string | null;
  /** The calls so far, one after another; null: none was made. */
  calls: Promise<void> | null;
  /** A call is on its way. */
  isBusy: boolean;
  cancel: () => void;
};
/** Lanes that are free again are forgotten once there are so many. */
const lanesAtMost = 1_000;
/** `freeAt`: when the next call may be made, by lane. */
type Pace = { readonly clock: Clock; readonly way: LiveWay; readonly freeAt: Map<string, number> };

export function createLivePosts(clock: Clock, way: LiveWay): LivePosts {
  const lives = new Map<string, Live>();
  const pace: Pace = { clock, way, freeAt: new Map() };
  const end = (id: string): Promise<LiveEnd | null> | null => {
    const live = lives.get(id);
    if (live === undefined) return null;
    live.isOver = true;
    live.cancel();
    if (live.calls !== null) return endOf(live);
    lives.delete(id);
    return null;
  };
  return {
    preview: (preview) => {
      const known = lives.get(preview.id);
      if (known === undefined) {
        lives.set(preview.id, startLive(pace, preview));
        return;
      }
      known.latest = preview;
      changeSoon(pace, known);
    },
    end,
    ownerOf: (platformId) => [...lives].find(([, live]) => live.platformId === platformId)?.[0] ?? null,
    forget: (id) => void lives.delete(id),
    endAll: async () => {
      const ends = [...lives.keys()].map(async (id) => ({ id, found: await end(id) }));
      return (await Promise.all(ends)).flatMap(({ id, found }) =>
        found === null || found === "unclear" ? [] : [{ id, platformId: found.platformId }],
      );
    },
  };
}

async function endOf(live: Live): Promise<LiveEnd | null> {
  await live.calls;
  if (live.platformId !== null) return { platformId: live.platformId };
  return live.isNowhere ? null : "unclear";
}

function startLive(pace: Pace, preview: Preview): Live {
  const live: Live = {
    latest: preview,
    platformId: null,
    isNowhere: false,
    isOver: false,
    sent: null,
    calls: null,
    isBusy: false,
    cancel: () => undefined,
  };
  const waitMs = Math.max(0, preview.sinceMs + pace.way.beginAfterMs - pace.clock.now());
  live.cancel = pace.clock.after(waitMs, () => void beginInTurn(pace, live));
  return live;
}

/**
 * The journal knows of it before the platform does: whoever comes after a crash looks for it. What stands before it in
 * its thread is shown first, because a message keeps the place where it began.
 */
async function beginInTurn(pace: Pace, live: Live): Promise<void> {
  const { clock, way } = pace;
  live.isOver ||= !way.canBegin(live.latest);
  if (live.isOver) return;
  const isItsTurn = await live.latest.note(null).catch(() => null);
  live.isOver ||= isItsTurn === null;
  if (live.isOver) return;
  if (isItsTurn === true) await call(pace, live, async () => begin(pace, live));
  else live.cancel = clock.after(way.changeEveryMs, () => void beginInTurn(pace, live));
}

async function begin({ way }: Pace, live: Live): Promise<LiveCall> {
  const { latest } = live;
  const found = await way.begin(latest);
  if (found === "over") live.isNowhere = true;
  if (typeof found === "string") return found;
  live.platformId = found.platformId;
  await latest.note(found.platformId);
  return found;
}

/** One call at a time; whatever goes wrong ends the preview, never the answer. */
async function call(pace: Pace, live: Live, send: () => Promise<LiveCall>): Promise<void> {
  const { clock, way, freeAt } = pace;
  if (freeAt.size >= lanesAtMost)
    for (const [lane, atMs] of freeAt) if (atMs <= clock.now()) freeAt.delete(lane);
  freeAt.set(way.laneOf(live.latest), clock.now() + way.changeEveryMs);
  live.isBusy = true;
  live.sent = live.latest.text;
  const calling = send().then(
    (found) => {
      if (typeof found === "string") live.isOver = true;
    },
    () => {
      live.isOver = true;
    },
  );
  live.calls = calling;
  await calling;
  live.isBusy = false;
  changeSoon(pace, live);
}

function changeSoon(pace: Pace, live: Live): void {
  const { clock, way, freeAt } = pace;
  const { platformId, latest } = live;
  if (live.isOver || live.isBusy || platformId === null || live.sent === latest.text) return;
  const waitMs = (freeAt.get(way.laneOf(latest)) ?? 0) - clock.now();
  if (waitMs <= 0) {
    void call(pace, live, async () => way.change(platformId, latest));
    return;
  }
  live.cancel();
  live.cancel = clock.after(waitMs, () => changeSoon(pace, live));
}
