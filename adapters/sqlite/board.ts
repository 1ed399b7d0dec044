// What the board asks of the journal beside what every verb asks: where cards stand, which questions are open, and whose
// home is kept on show. Nothing here is read for a plain answer.
import { z } from "zod";
import { AccountId, ThreadId } from "../../src/ids.ts";
import { Home } from "../../src/ports/board.ts";
import type { CardPlace, OpenQuestion } from "../../src/ports/board.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson, OpenQuestions } from "./shapes.ts";
import type { Query } from "./store.ts";

// A copy in somebody's direct messages is nobody else's to be led to.
const cardPlace: Query<CardPlace> = {
  sql: `SELECT proposal, thread, platform_id FROM outbox
    WHERE proposal = ?1 AND id NOT LIKE '%:card:%' AND platform_id IS NOT NULL AND state <> 'dead'
    ORDER BY ord DESC LIMIT 1`,
  row: z
    .object({ proposal: z.string(), thread: ThreadId, platform_id: z.string() })
    .transform(({ platform_id, ...row }) => ({ ...row, platformId: platform_id })),
};
const asking = {
  sql: "SELECT id, waiting FROM thread WHERE waiting <> '{}'",
  row: z.object({ id: ThreadId, waiting: z.string() }),
};
/** When the thread last asked, and what it was asked about. */
const askedLast = {
  sql: `SELECT finished_at, asked FROM turn WHERE thread = ?1 AND outcome = 'asked' ORDER BY ord DESC LIMIT 1`,
  row: z.object({ finished_at: z.number().int(), asked: z.string() }),
};
const home: Query<Home> = {
  sql: "SELECT body FROM home WHERE opened_at >= ?1 ORDER BY opened_at, account",
  row: z.object({ body: z.string() }).transform(({ body }) => fromJson(body, Home)),
};
const keep = `INSERT INTO home (account, opened_at, body) VALUES (?1, ?2, ?3)
  ON CONFLICT (account) DO UPDATE SET opened_at = excluded.opened_at, body = excluded.body
  WHERE excluded.opened_at >= home.opened_at`;

const cardPlaces = ({ store }: Ledger, proposals: readonly string[]): readonly CardPlace[] =>
  proposals.map((id) => store.get(cardPlace, id)).filter((place) => place !== null);

function openQuestions(ledger: Ledger, limit: number): readonly OpenQuestion[] {
  return ledger.store
    .all(asking)
    .flatMap((row) => questionsOf(ledger, row))
    .toSorted((left, right) => right.at - left.at)
    .slice(0, limit);
}

/** A moved conversation keeps its question in both places: it counts where it goes on. */
function questionsOf(
  { store }: Ledger,
  { id, waiting }: z.infer<typeof asking.row>,
): readonly OpenQuestion[] {
  const asked = store.get(askedLast, id);
  return Object.entries(fromJson(waiting, OpenQuestions)).map(([account, question]) => ({
    thread: id,
    account: AccountId.parse(account),
    about: question.kind === "input" ? question.about : (asked?.asked ?? ""),
    kind: question.kind,
    at: asked?.finished_at ?? 0,
  }));
}

function keepHome({ store }: Ledger, given: Home): void {
  store.run(keep, given.account.id, given.openedAt, JSON.stringify(given));
}

const homesSince = ({ store }: Ledger, openedSinceMs: number): readonly Home[] =>
  store.all(home, openedSinceMs);

type BoardPart = Pick<Journal, "cardPlaces" | "openQuestions" | "keepHome" | "homes">;
export const boardOf = (ledger: Ledger, commit: GroupCommit["commit"]): BoardPart => ({
  cardPlaces: async (proposals) => cardPlaces(ledger, proposals),
  openQuestions: async (limit) => openQuestions(ledger, limit),
  keepHome: async (home) => commit(() => keepHome(ledger, home)),
  homes: async (openedSinceMs) => homesSince(ledger, openedSinceMs),
});
