// Reads what was said while nobody listened, through the same ears as everything else: at most a day and 200 messages
// per place, the newest; what is left out is said. The engine drops what it knows already by its id.
import { pause } from "../deadline.ts";
import type { Message } from "../message.ts";
import type { Clock, Gap, Recall } from "../ports.ts";

/** The newest first; `next` leads to older ones, null: everything back to the gap's beginning was read. */
export type Page = { readonly messages: readonly Message[]; readonly next: string | null };
export type BackfillParts = {
  readonly clock: Clock;
  readonly recall: Recall;
  /** One page of a place, back to `fromMs`. Throws when it can't be read just now. */
  readonly read: (gap: Gap, cursor: string | null) => Promise<Page>;
  readonly hear: (message: Message) => Promise<void>;
  /** What is said live in a place waits until every gap with the same key was read. */
  readonly keyOf: (gap: Gap) => string;
  readonly onTrouble: (what: string) => void;
};
export type Backfill = {
  /** Starts reading; `more`: places that the journal can't know, given those that it does. */
  readonly start: (more?: More) => void;
  /** Resolves when this place has been read, or could not be: then what is said now may be heard. Null: at once. */
  readonly caughtUp: (key: string) => Promise<unknown> | null;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

type More = (known: readonly Gap[]) => readonly Gap[];

const perPlace = 200;
const oldestMs = 86_400_000;
const pageLimit = 10;
const readAgainMs = [5_000, 30_000] as const;

export function createBackfill(parts: BackfillParts): Backfill {
  const stopped = new AbortController();
  const places = new Map<string, Promise<unknown>>();
  let pass: Promise<void> = Promise.resolve();
  let opening: Promise<void> | null = null;
  return {
    start: (more = () => []) => {
      const open = Promise.withResolvers<void>();
      opening = open.promise;
      pass = pass
        .then(async () => readAll({ parts, places, more, opened: open.resolve }, stopped.signal))
        .catch((error: unknown) => parts.onTrouble(`What was missed could not be read: ${wordsOf(error)}`))
        .finally(() => {
          open.resolve();
          if (opening !== open.promise) return;
          opening = null;
          places.clear();
        });
    },
    caughtUp: (key) => opening?.then(async () => places.get(key)) ?? null,
    idle: async () => pass,
    stop: () => stopped.abort(),
  };
}

type Pass = {
  readonly parts: BackfillParts;
  readonly places: Map<string, Promise<unknown>>;
  readonly more: More;
  /** The places are known: each can be waited for by its key. */
  readonly opened: () => void;
};

async function readAll({ parts, places, more, opened }: Pass, signal: AbortSignal): Promise<void> {
  const known = await parts.recall.gaps();
  const turns = [...known, ...more(known)].map((gap) => ({ gap, over: Promise.withResolvers<void>() }));
  for (const [key, group] of Map.groupBy(turns, ({ gap }) => parts.keyOf(gap)))
    places.set(key, Promise.all(group.map(async ({ over }) => over.promise)));
  opened();
  const read: Gap[] = [];
  const failed: Gap[] = [];
  for (const { gap, over } of turns) {
    if (!signal.aborted) ((await tryRead(parts, gap, signal)) ? read : failed).push(gap);
    over.resolve();
  }
  for (const waitMs of readAgainMs) {
    if (failed.length === 0) break;
    await pause(parts.clock, waitMs, signal);
    for (const gap of failed.splice(0)) ((await tryRead(parts, gap, signal)) ? read : failed).push(gap);
  }
  if (read.length > 0) await parts.recall.closed(read);
}

/** True when it was read to its end, or never can be. */
async function tryRead(parts: BackfillParts, gap: Gap, signal: AbortSignal): Promise<boolean> {
  try {
    return await readGap(parts, gap, signal);
  } catch (error) {
    parts.onTrouble(`What was said in ${gap.thread} meanwhile could not be read: ${wordsOf(error)}`);
    return false;
  }
}

async function readGap(parts: BackfillParts, gap: Gap, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const newest: Message[] = [];
  let older = 0;
  let next: string | null = null;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const page: Page = await parts.read(gap, next);
    for (const message of page.messages.filter((one) => isMeant(one, gap))) {
      const isLate = message.at < parts.clock.now() - oldestMs || newest.length >= perPlace;
      if (!isLate) newest.push(message);
      else if (message.at > gap.sinceMs) older += 1;
    }
    ({ next } = page);
    if (next === null || signal.aborted) break;
  }
  for (const message of newest.toReversed()) {
    if (signal.aborted) return false;
    await parts.hear(message);
  }
  const isWhole = next === null;
  // Where nobody talks with Nova all day, a word on what it has not read would only disturb.
  if (!isWhole && older === 0 && gap.addressedOnly)
    parts.onTrouble(
      `${gap.thread} was not read back to ${new Date(gap.sinceMs).toISOString()}: too much was said`,
    );
  else if (older > 0 || !isWhole)
    await parts.recall.tell(gap.thread, `left-out:${gap.sinceMs}`, leftOut(older, isWhole));
  return !signal.aborted;
}

/** `isWhole`: the place was read to where it had been heard before; otherwise there may be more. */
function leftOut(count: number, isWhole: boolean): string {
  const limit = `I go back a day and ${perPlace} messages. Send again what still matters.`;
  if (count === 0)
    return `I was away for so long that I have not read everything that was said here: ${limit}`;
  const what =
    count === 1 ? "1 older message was" : `${isWhole ? "" : "more than "}${count} older messages were`;
  return `I was away, and ${what} not processed: ${limit}`;
}

const isMeant = (message: Message, gap: Gap): boolean =>
  !gap.addressedOnly || message.addressed || message.direct;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
