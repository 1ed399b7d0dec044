// Homes: the board as a platform keeps it on show for one person (Slack's App Home). Drawn when it is opened, and again
// whenever something on it changed; changes are gathered for a moment, and an unchanged board is not published again.
// Who opened theirs is in the journal, so a restart brings every home up to date.
import type { ThreadId } from "../ids.ts";
import { say } from "../post.ts";
import type { Offer } from "../post.ts";
import type { Home, OutboxDraft } from "../ports.ts";
import type { Outbox } from "../rooms/outbox.ts";
import { boardText } from "./board-text.ts";
import { createBoardSource } from "./board-source.ts";
import type { BoardDeps, BoardSource, DrawnBoard } from "./board-source.ts";

export type HomesDeps = BoardDeps & {
  readonly outbox: Pick<Outbox, "draft" | "post">;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type Homes = {
  readonly source: BoardSource;
  /** Remembers who opened it, and publishes it. */
  readonly open: (home: Home) => Promise<void>;
  /** Something changed that a board may show. Costs nothing while no home was opened. */
  readonly touch: () => void;
  /** At boot: homes of before are on show with what was true then. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
};

/** Changes come in bursts: a press moves a proposal three times within a second. */
const gatherMs = 1_000;
/** While something changes all the time, this often is enough. */
const pauseMs = 3_000;
/** Connections change without a word to anybody. */
const lookMs = 60_000;
/** Who has not looked for a week is asked for nothing, and published nothing. */
const rememberedMs = 7 * 86_400_000;

const lastPart = ":home";
/** The thread of a home is its own: an opening never queues behind a talk. */
export const isHome = (thread: ThreadId): boolean => thread.endsWith(lastPart);

type Shelf = {
  readonly published: Map<string, string>;
  cancel: (() => void) | null;
  notBeforeMs: number;
  isTouched: boolean;
  isStopped: boolean;
  isAnyOpen: boolean;
};

export function createHomes(deps: HomesDeps): Homes {
  const { journal, clock } = deps;
  const source = createBoardSource(deps);
  const shelf: Shelf = {
    published: new Map(),
    cancel: null,
    notBeforeMs: 0,
    isTouched: false,
    isStopped: false,
    isAnyOpen: false,
  };
  const known = async (): Promise<readonly Home[]> => journal.homes(clock.now() - rememberedMs);
  const arm = (afterMs: number): void => {
    shelf.cancel?.();
    if (!shelf.isStopped) shelf.cancel = clock.after(afterMs, () => void refresh());
  };
  const show = async (home: Home): Promise<void> =>
    publish(deps, shelf, { home, drawn: await source(viewOf(deps, home)) });
  const refresh = async (): Promise<void> => {
    Object.assign(shelf, { cancel: null, isTouched: false, notBeforeMs: clock.now() + pauseMs });
    try {
      for (const home of await known()) await show(home);
    } catch (thrown) {
      deps.onTrouble("bringing homes up to date", thrown);
    }
    if (shelf.cancel === null) arm(lookMs);
  };
  return {
    source,
    open: async (home) => {
      shelf.isAnyOpen = true;
      await journal.keepHome(home);
      // The platform asks for it: it is drawn anew whatever it showed before.
      shelf.published.delete(home.account.id);
      await show(home);
      if (shelf.cancel === null) arm(lookMs);
    },
    touch: () => {
      if (!shelf.isAnyOpen || shelf.isTouched || shelf.isStopped) return;
      shelf.isTouched = true;
      arm(Math.max(gatherMs, shelf.notBeforeMs - clock.now()));
    },
    start: async () => {
      shelf.isAnyOpen = (await known()).length > 0;
      if (shelf.isAnyOpen) arm(gatherMs);
    },
    stop: () => {
      shelf.isStopped = true;
      shelf.cancel?.();
    },
  };
}

const viewOf = ({ directory }: HomesDeps, { account, thread }: Home): Parameters<BoardSource>[0] => ({
  person: directory.personOf(account),
  project: null,
  message: { thread, direct: true },
});

type Publishing = { readonly home: Home; readonly drawn: DrawnBoard };

async function publish({ outbox }: HomesDeps, shelf: Shelf, { home, drawn }: Publishing): Promise<void> {
  const marks = fingerprintOf(drawn);
  if (shelf.published.get(home.account.id) === marks) return;
  await outbox.post([toPost(outbox, home, drawn)]);
  shelf.published.set(home.account.id, marks);
}

/** A post of its own for every opening: one that the platform refused for good stays refused, the next may be taken. */
function toPost(outbox: Pick<Outbox, "draft">, home: Home, { board, offers }: DrawnBoard): OutboxDraft {
  const said = say(boardText(board), {
    kind: "home",
    board,
    offers: [refreshOffer, ...offers],
    only: home.account.id,
  });
  return outbox.draft(`home:${home.account.id}:${home.openedAt}`, home.thread, said);
}

const refreshOffer: Offer = { label: "Refresh", style: "plain", asks: null, action: { kind: "refresh" } };

/** What a person would see change; when it was read is no change. */
function fingerprintOf({ board, offers }: DrawnBoard): string {
  const parts = board.parts.map(({ title, rows, more }) => ({ title, rows, more }));
  return JSON.stringify([board.note, parts, offers.map(({ action }) => action)]);
}
