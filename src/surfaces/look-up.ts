// Before anything is sent a second time: a post that may have arrived is looked for on its platform, by the id it carries.
// Late is better than double, and a platform that can't be asked now is asked again.
import type { ChatAdapter, Clock, Delivery, Journal, OutboxRow, Shown } from "../ports.ts";

/** A platform that could not be asked for this long is not waited for any more: the person is told. */
const lookForMs = 24 * 60 * 60_000;
/** An absent post is looked up twice before it is sent again. */
const looksBeforeResend = 2;

export type Lookup = {
  readonly journal: Pick<Journal, "mayStandFor">;
  readonly clock: Clock;
  readonly row: OutboxRow;
  readonly adapter: ChatAdapter;
  readonly delivery: Delivery;
};

export async function lookUp(
  { journal, clock, row, adapter, delivery }: Lookup,
  show: (delivery: Delivery) => Promise<Shown>,
): Promise<Shown> {
  const { state, detail } = adapter.health();
  // Nothing can be looked up without a connection, and that is no reason to give a post up.
  if (state === "connecting") return { kind: "later", afterMs: 1_000, why: detail };
  if (state === "fatal") return { kind: "later", afterMs: 60_000, why: detail };
  const found = await adapter.find(delivery, async (platformId) => journal.mayStandFor(row.id, platformId));
  switch (found.kind) {
    case "found":
      // What was found may show an earlier state of a post that changed since, or was still being written.
      return row.rev === 1 && found.isPreview !== true
        ? { kind: "shown", platformId: found.platformId }
        : show({ ...delivery, shownAs: found.platformId });
    case "later":
      return clock.now() - row.claimedAt < lookForMs ? found : givenUp(found.why);
    case "unsearchable":
      return givenUp(found.why);
    case "absent":
      return row.attempts > looksBeforeResend && clock.now() - row.claimedAt >= adapter.findAfterMs
        ? show(delivery)
        : { kind: "unclear", why: "not found yet" };
  }
}

const givenUp = (why: string): Shown => ({
  kind: "refused",
  why: `it may have arrived, and can't be looked up: ${why}`,
  isPostGone: false,
});
