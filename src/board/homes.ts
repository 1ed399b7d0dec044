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
/** Who has not entered it for a day gets none until the next time: only then does the platform say again who they are. */
const rememberedMs = 86_400_000;

const lastPart = ":home";
/** The thread of a home is its own: an opening never queues behind a talk. */
export const isHome = (thread: ThreadId): boolean => thread.endsWith(lastPart);

class ShownHomes implements Homes {
  readonly source: BoardSource;
  readonly #deps: HomesDeps;
  /** By person, what their home showed last. */
  readonly #published = new Map<string, string>();
  /** By person, the ids of the buttons of this opening: a home that is drawn a thousand times has as many as one drawn once. */
  readonly #nonces = new Map<string, Map<string, string>>();
  #cancel: (() => void) | null = null;
  #notBeforeMs = 0;
  #isTouched = false;
  #isStopped = false;
  #isAnyOpen = false;

  constructor(deps: HomesDeps) {
    this.#deps = deps;
    this.source = createBoardSource(deps);
  }

  async open(home: Home): Promise<void> {
    this.#isAnyOpen = true;
    await this.#deps.journal.keepHome(home);
    // The platform asks for it: it is drawn anew whatever it showed before.
    this.#published.delete(home.account.id);
    this.#nonces.delete(home.account.id);
    await this.#publish(home);
    if (this.#cancel === null) this.#arm(lookMs);
  }

  touch = (): void => {
    if (!this.#isAnyOpen || this.#isTouched) return;
    this.#isTouched = true;
    this.#arm(Math.max(gatherMs, this.#notBeforeMs - this.#deps.clock.now()));
  };

  async start(): Promise<void> {
    this.#isAnyOpen = (await this.#known()).length > 0;
    if (this.#isAnyOpen) this.#arm(gatherMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #known(): Promise<readonly Home[]> {
    return this.#deps.journal.homes(this.#deps.clock.now() - rememberedMs);
  }

  #arm(afterMs: number): void {
    this.#cancel?.();
    if (!this.#isStopped) this.#cancel = this.#deps.clock.after(afterMs, () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    this.#cancel = null;
    this.#isTouched = false;
    this.#notBeforeMs = this.#deps.clock.now() + pauseMs;
    try {
      for (const home of await this.#known()) await this.#publish(home);
    } catch (thrown) {
      this.#deps.onTrouble("bringing homes up to date", thrown);
    }
    if (this.#cancel === null) this.#arm(lookMs);
  }

  async #publish(home: Home): Promise<void> {
    const { outbox, directory } = this.#deps;
    const { account, thread } = home;
    const person = directory.personOf(account);
    const drawn = await this.source({ person, project: null, message: { thread, direct: true } });
    const marks = fingerprintOf(drawn);
    if (this.#published.get(account.id) === marks) return;
    const nonces = this.#nonces.get(account.id) ?? new Map<string, string>();
    this.#nonces.set(account.id, nonces);
    await outbox.post([withSameButtons(toPost(outbox, home, drawn), nonces)]);
    this.#published.set(account.id, marks);
  }
}

export const createHomes = (deps: HomesDeps): Homes => new ShownHomes(deps);

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

/** The same action keeps the id that it got first. */
function withSameButtons(draft: OutboxDraft, known: Map<string, string>): OutboxDraft {
  const { content } = draft;
  if (content.kind !== "post") return draft;
  const kept = new Map<string, string>();
  const buttons = draft.buttons.map(({ nonce, action }) => {
    const key = JSON.stringify(action);
    const same = known.get(key) ?? nonce;
    known.set(key, same);
    kept.set(nonce, same);
    return { nonce: same, action };
  });
  const shown = content.post.buttons.map((button) => ({
    ...button,
    nonce: kept.get(button.nonce) ?? button.nonce,
  }));
  return { ...draft, buttons, content: { kind: "post", post: { ...content.post, buttons: shown } } };
}

const refreshOffer: Offer = { label: "Refresh", style: "plain", asks: null, action: { kind: "refresh" } };

/** What a person would see change; when it was read is no change. */
function fingerprintOf({ board, offers }: DrawnBoard): string {
  const parts = board.parts.map(({ title, rows, more }) => ({ title, rows, more }));
  return JSON.stringify([board.note, parts, offers.map(({ action }) => action)]);
}
