// Watches over the audit chain: verified when Nova starts and every day, its end told to the owner once a day, because
// what stands in a chat can't be put back with a file. A broken chain is said at once, and while it is broken nothing runs.
import { canonicalHash } from "../canonical.ts";
import type { ThreadId } from "../ids.ts";
import { ownerPlace } from "../surfaces/owner-place.ts";
import type { OwnerPlaceDeps } from "../surfaces/owner-place.ts";
import { NovaFailure } from "../failures.ts";
import type { Parts } from "../parts.ts";
import { say } from "../post.ts";
import type { AuditVerdict } from "../ports.ts";
import type { Outbox } from "../rooms/outbox.ts";

export type AuditWatchDeps = OwnerPlaceDeps &
  Pick<Parts, "journal" | "log"> & { readonly outbox: () => Pick<Outbox, "draft" | "post"> };
/** Null: the chain is sound. Otherwise one sentence for a person: why nothing may run now, and the mend. */
export type AuditTrouble = () => Promise<string | null>;
export type AuditWatch = {
  readonly trouble: AuditTrouble;
  /** A turn met something that was changed outside, and said so in its thread: the owner hears of it too. */
  readonly alarm: (thread: ThreadId, failure: NovaFailure) => void;
  readonly start: () => Promise<void>;
  /** Resolves when the look under way is over; none comes after it. */
  readonly stop: () => Promise<void>;
};

const dayMs = 86_400_000;
const toldKey = "audit.told";
/** Of 64: enough that no other history has it, short enough to compare by eye. */
const shownDigits = 16;

/** The chain's end as people and the command line write it, e.g. `412:3fa2c1d0e4b59a77`. */
export const headWords = ({ seq, mac }: { readonly seq: number; readonly mac: string }): string =>
  `${seq}:${mac.slice(0, shownDigits)}`;

export function createAuditWatch(deps: AuditWatchDeps): AuditWatch {
  const { journal, clock } = deps;
  const judge = createJudge(deps);
  const daily = createDaily(deps, async () => {
    const verdict = await judge(async () => journal.verifyAudit());
    return verdict.brokenAt === null ? tellEnd(deps, verdict) : clock.now() + dayMs;
  });
  return {
    ...daily,
    alarm: (thread, failure) =>
      void tellOwner(deps, thread, failure).catch((thrown: unknown) =>
        deps.log.error({ err: thrown }, "the owner could not be told of a changed journal"),
      ),
    trouble: async () => {
      const verdict = await judge(async () => journal.proveAudit());
      return verdict.brokenAt === null ? null : sentenceOf(verdict);
    },
  };
}

type Judge = (look: () => Promise<AuditVerdict>) => Promise<AuditVerdict>;
/** Looks, and says at once what it found broken; the same again is said once. */
function createJudge(deps: AuditWatchDeps): Judge {
  let said: string | null = null;
  return async (look) => {
    const verdict = await look().catch(unreadable);
    const why = verdict.brokenAt === null ? null : (verdict.why ?? "");
    const isNews = why !== null && why !== said;
    said = why;
    if (isNews)
      await tellBroken(deps, verdict).catch((thrown: unknown) =>
        deps.log.error({ err: thrown }, "a broken audit chain could not be told"),
      );
    return verdict;
  };
}

/** `look` says when it wants to look again, epoch ms. */
function createDaily(
  { clock, log }: Pick<AuditWatchDeps, "clock" | "log">,
  look: () => Promise<number>,
): Pick<AuditWatch, "start" | "stop"> {
  let cancel = (): void => undefined;
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  const failed = (thrown: unknown): number => {
    log.error({ err: thrown }, "the daily look at the audit chain failed");
    return clock.now() + dayMs;
  };
  const round = async (): Promise<void> => {
    const nextAt = await look().catch(failed);
    if (!isStopped) cancel = clock.after(Math.max(0, nextAt - clock.now()), () => void start());
  };
  const start = async (): Promise<void> => (looking = round());
  return {
    start,
    stop: async () => {
      isStopped = true;
      cancel();
      await looking;
    },
  };
}

/** What can't be looked at proves nothing: it counts as broken. */
const unreadable = (thrown: unknown): AuditVerdict => ({
  rows: 0,
  brokenAt: 0,
  why: `it can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
});

const sentenceOf = ({ why }: AuditVerdict): string =>
  `The record of approvals was changed outside Nova (${(why ?? "").replace(/\.$/u, "")}), so nothing is executed until it is mended: stop Nova, restore the data folder's last backup, or judge it with \`nova audit verify\`.`;

async function tellBroken(deps: AuditWatchDeps, verdict: AuditVerdict): Promise<void> {
  const { journal, clock, log } = deps;
  const outbox = deps.outbox();
  log.error({ row: verdict.brokenAt, why: verdict.why }, "the audit chain is broken; nothing is executed");
  const id = canonicalHash(["audit.broken", verdict.brokenAt, verdict.why]).slice(0, 10);
  const { kind, detail } = new NovaFailure("audit.broken", verdict.why ?? "");
  const person = sentenceOf(verdict);
  await journal.fail({
    id: `f-${id}`,
    turn: null,
    thread: null,
    kind,
    person,
    operator: detail,
    at: clock.now(),
  });
  const place = await ownerPlace(deps);
  if (place !== null)
    await outbox.post([outbox.draft(`audit:broken:${id}`, place, say(person, { kind: "failure" }))]);
}

/** Where the turn was, its failure is said already. */
async function tellOwner(deps: AuditWatchDeps, thread: ThreadId, { detail }: NovaFailure): Promise<void> {
  const place = await ownerPlace(deps);
  if (place === null || place === thread) return;
  const outbox = deps.outbox();
  const id = canonicalHash(["altered", detail]).slice(0, 10);
  const text = `Somebody writes into Nova's journal from outside: ${detail} Stop Nova and find out who has access to its data folder.`;
  await outbox.post([outbox.draft(`audit:altered:${id}`, place, say(text, { kind: "failure" }))]);
}

/** Once a day, counted from the first start. Returns when the next one is due. */
async function tellEnd(deps: AuditWatchDeps, { rows }: AuditVerdict): Promise<number> {
  const { journal, clock, log } = deps;
  const outbox = deps.outbox();
  const [end] = rows === 0 ? [] : await journal.auditRows(rows - 1, 1);
  const now = clock.now();
  log.info({ rows, head: end === undefined ? null : headWords(end) }, "the audit chain is sound");
  const told = Number(await journal.note(toldKey));
  // A day that has not come yet is nobody's word of Nova's: it counts as over.
  if (told !== 0 && told <= now && now < told + dayMs) return told + dayMs;
  const place = told === 0 || end === undefined ? null : await ownerPlace(deps);
  if (place !== null && end !== undefined) {
    const text = `The record of approvals is sound: ${rows} rows, the last is \`${headWords(end)}\`. Should you ever doubt it: \`nova audit verify ${headWords(end)}\` says whether this row is still there.`;
    const id = `audit:${Math.floor(now / dayMs)}`;
    await outbox.post([outbox.draft(id, place, say(text, { kind: "notice" }))]);
  }
  await journal.keepNote(toldKey, String(now));
  return now + dayMs;
}
