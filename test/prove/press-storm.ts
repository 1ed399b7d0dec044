// Thousands of presses of every wrong kind among a few right ones, over a till whose line breaks in every way. Whatever was
// paid must have been pressed for, on its own open card, in time, by somebody listed; it must be what that card said, once.
import { createChance } from "../support/chance.ts";
import type { Chance } from "../support/chance.ts";
import type { Shown, Visitor } from "../support/doors/bare.ts";
import type { Message } from "../../src/message.ts";
import type { TillMode, Trouble } from "../support/till-erp.ts";
import { judgeCards, judgeEnds, judgeTill, unheard } from "./press-judge.ts";
import { moments, openTillHouse, visitors } from "./till-house.ts";
import type { TillHouse } from "./till-house.ts";

type Nonces = { readonly approve: string; readonly reject: string; readonly edit: string };
/** A card as the first people saw it. */
type Seen = Nonces & {
  readonly proposal: string;
  readonly platformId: string;
  readonly title: string;
  readonly shownAt: number;
  /** Two other people must approve it and type what it costs; null: a press of one is enough. */
  readonly typed: string | null;
  /** Whose right presses count for it now. */
  readonly yes: Set<string>;
  isAllowed: boolean;
};
export type StormResult = {
  readonly presses: number;
  readonly cards: number;
  readonly paid: number;
  readonly crashes: number;
  readonly refused: number;
  readonly outdated: number;
  /** Payments of high stakes. */
  readonly high: number;
  /** Deeds that nobody heard the end of, and how many of those were shown as unknown at once. */
  readonly unheard: number;
  readonly told: number;
  /** What must never happen; empty when nothing did. */
  readonly violations: readonly string[];
  /** Right presses that led to nothing. */
  readonly ignored: readonly string[];
};
type Storm = {
  readonly house: TillHouse;
  readonly chance: Chance;
  readonly cards: Map<string, Seen>;
  readonly violations: string[];
  readonly ignored: string[];
  readonly said: Message[];
  presses: number;
  crashes: number;
  unheard: number;
  told: number;
  refused: number;
  /** Right presses on cards that still looked open after their proposal was over. */
  outdated: number;
};

const lifeMs = 24 * 3_600_000;
const everybody: readonly Visitor[] = Object.values(visitors);
const listed: readonly Visitor[] = [visitors.kit, visitors.ada];
const highLifeMs = 8 * 3_600_000;
const readingMs = 1_500;
const needed = ({ typed }: Seen): number => (typed === null ? 1 : 2);
const nameOf = (who: Visitor): string => (who === visitors.kit ? "Kit" : "Ada");

/** What can go wrong on the line of a till of this mode; one that knows keys does its deeds within its answer. */
const troubles: Readonly<Record<TillMode, readonly Trouble[]>> = {
  key: ["answer", "line", "request"],
  search: ["answer", "line", "request", "late"],
  none: ["answer", "line", "request", "late"],
};

export async function storm(presses: number, seed: number, mode: TillMode): Promise<StormResult> {
  const house = await openTillHouse({ mode });
  const weather: Storm = {
    house,
    chance: createChance(seed),
    cards: new Map(),
    violations: [],
    ignored: [],
    said: [],
    presses: 0,
    crashes: 0,
    unheard: 0,
    told: 0,
    refused: 0,
    outdated: 0,
  };
  try {
    while (weather.presses < presses) await gust(weather);
    await house.nova.restart();
    await settled(weather);
    weather.violations.push(...(await judgeCards(house)));
    await calmed(weather);
    weather.violations.push(...judgeTill(house.till, weather.cards), ...(await judgeEnds(house)));
  } finally {
    await house.close();
  }
  const { cards, violations, house: _house, chance: _chance, said: _said, ...figures } = weather;
  const found = [...new Set(violations)];
  const high = house.till.paid.filter(({ actionId }) => cards.get(actionId)?.typed != null).length;
  return { ...figures, high, cards: cards.size, paid: house.till.paid.length, violations: found };
}

/** Until nothing of what was begun can still be under way. */
async function calmed(weather: Storm): Promise<void> {
  for (const ms of [1_000, 120_000, 600_000, 600_000]) {
    weather.house.clock.advance(ms);
    await settled(weather);
  }
}

/** One thing that happens, and everything that follows from it. */
async function gust(weather: Storm): Promise<void> {
  const { house, chance } = weather;
  if (openCards(weather).length < 3) await ask(weather);
  if (chance.isOneIn(40)) house.clock.advance(chance.pick([1_800_000, 3_600_000, lifeMs / 2, lifeMs]));
  if (chance.isOneIn(25)) house.dieAt(chance.pick(moments));
  const trouble = chance.isOneIn(6) ? chance.pick(troubles[house.till.mode]) : null;
  house.till.trouble = trouble;
  await settled(weather);
  const plans = Array.from({ length: chance.pick([1, 1, 1, 2, 3]) }, () => plan(weather));
  for (const { card, isRight, by } of plans) if (isRight) card.yes.add(by);
  for (const { card } of plans) card.isAllowed = card.yes.size >= needed(card);
  const before = house.till.paid.length;
  const heard = house.till.calls.length;
  const asked = await house.nova.journal().proposal(plans[0]?.card.proposal ?? "");
  // A card may still look open when its proposal is over: the press is answered with that.
  const isUndecided = asked?.state === "pending" || asked?.state === "proposed";
  if (plans[0]?.isRight === true && !isUndecided) weather.outdated += 1;
  await Promise.all(plans.map(async ({ press }) => press().catch(() => (weather.refused += 1))));
  await settled(weather);
  const hasRisen = await house.rise();
  weather.crashes += hasRisen ? 1 : 0;
  await settled(weather);
  weather.violations.push(...judgeTill(house.till, weather.cards));
  if (hasRisen) weather.violations.push(...(await judgeCards(house)));
  else hearken(weather, heard);
  const [only] = plans;
  const isLone = plans.length === 1 && only?.isRight === true && only.card.isAllowed;
  // Where no id is known nothing is sent again: what a crash or a broken line stopped stays unpaid, and says so.
  const isQuiet = trouble === null && (!hasRisen || house.till.mode === "key");
  if (isLone && isQuiet && isUndecided && house.till.paid.length !== before + 1)
    weather.ignored.push(`${only.card.title} was approved, and nothing was paid`);
  for (const card of openCards(weather)) await takeBack(weather, card);
}

/** Still open: only a yes that was counted is one, and no later press may lean on another. */
async function takeBack({ house }: Storm, card: Seen): Promise<void> {
  const counted = (await house.nova.journal().proposal(card.proposal))?.decidedBy ?? [];
  for (const name of card.yes) if (!counted.includes(name)) card.yes.delete(name);
  card.isAllowed = card.yes.size >= needed(card);
}

/** What nobody heard the end of in this gust, against what its card says now, before any time has passed. */
function hearken(weather: Storm, before: number): void {
  const { all, told, violations } = unheard(weather.house, before);
  weather.unheard += all;
  weather.told += told;
  weather.violations.push(...violations);
}

async function settled({ house, cards }: Storm): Promise<void> {
  await house.nova.idle();
  for (const shown of house.door.posts()) {
    const { card } = shown.post;
    if (card === null || cards.has(card.proposal)) continue;
    const nonces = noncesOf(shown);
    const { proposal, title } = card;
    const { platformId } = shown;
    if (nonces === null) continue;
    cards.set(proposal, {
      ...nonces,
      proposal,
      platformId,
      title,
      shownAt: house.clock.now(),
      typed: shown.post.buttons.some(({ label }) => label === "Approve…")
        ? (/EUR [\d.]+$/u.exec(title)?.[0] ?? "")
        : null,
      yes: new Set(),
      isAllowed: false,
    });
  }
}

function noncesOf({ post }: Shown): Nonces | null {
  const nonceOf = (label: string): string => post.buttons.find((one) => one.label === label)?.nonce ?? "";
  const approve = nonceOf("Approve") || nonceOf("Approve…");
  return approve === "" ? null : { approve, reject: nonceOf("Reject…"), edit: nonceOf("Edit…") };
}

/** Those that the door shows as open now. */
function openCards({ house, cards }: Storm): readonly Seen[] {
  return house.door.posts().flatMap(({ post }) => {
    const seen = post.card?.isOpen === true ? cards.get(post.card.proposal) : undefined;
    return seen === undefined ? [] : [seen];
  });
}

/** Maya asks for a payment that nobody asked for before. */
async function ask(weather: Storm): Promise<void> {
  const { house, cards, chance } = weather;
  house.clock.advance(60_000);
  // Every third is one of high stakes.
  const cents = chance.isOneIn(3) ? 500_000 + chance.below(90_000) : 1 + chance.below(90_000);
  const text = `erp/till: pay Payee${cards.size} ${cents}`;
  await house.door.comes(visitors.maya, { kind: "text", text });
  await settled(weather);
  house.clock.advance(chance.pick([0, 2_000, 2_000]));
}

type Plan = {
  readonly card: Seen;
  readonly by: string;
  /** This press, if it comes first, is one that may lead to a payment. */
  readonly isRight: boolean;
  readonly press: () => Promise<void>;
};

function plan(weather: Storm): Plan {
  const { house, chance, cards } = weather;
  const open = openCards(weather);
  const all = [...cards.values()];
  const card = open.length > 0 && !chance.isOneIn(4) ? chance.pick(open) : chance.pick(all);
  const other = chance.pick(all);
  const isHigh = card.typed !== null;
  const isListed = chance.isOneIn(3) || (isHigh && chance.isOneIn(2));
  const who = isListed ? chance.pick(listed) : chance.pick(everybody);
  const verb = chance.pick(["approve", "approve", "approve", "approve", "reject", "edit"] as const);
  const wrong = chance.isOneIn(2)
    ? chance.pick([
        "other card",
        "unknown",
        "other thread",
        "other workspace",
        "typed",
        "said",
        "again",
      ] as const)
    : "nothing";
  const isTyped = !chance.isOneIn(3);
  const body = pressOf(card, verb, { chance, isTyped });
  const shownForMs = house.clock.now() - card.shownAt;
  const isInTime = shownForMs < (isHigh ? highLifeMs : lifeMs);
  const isRead = !isHigh || (isTyped && shownForMs >= readingMs);
  const isRight =
    wrong === "nothing" &&
    verb === "approve" &&
    listed.includes(who) &&
    open.includes(card) &&
    isInTime &&
    isRead;
  const comes = async (given: Parameters<typeof house.door.comes>[1], more: Partial<Message> = {}) => {
    weather.presses += 1;
    weather.said.push(await house.door.comes(who, given, more));
  };
  const presses: Readonly<Record<typeof wrong, () => Promise<void>>> = {
    nothing: async () => comes(body),
    "other card": async () => comes({ ...body, onMessage: other === card ? "m-0" : other.platformId }),
    unknown: async () => comes({ ...body, nonce: "0".repeat(32) }),
    // A copy of the card, as somebody could post it: the platform gives it an id of its own.
    "other thread": async () =>
      comes({ ...body, onMessage: "copy-1" }, { thread: "slack:T1/C2:C2", channel: "slack:T1/C2" }),
    "other workspace": async () =>
      comes({ ...body, onMessage: "copy-2" }, { thread: "slack:T2/C1:C1", channel: "slack:T2/C1" }),
    typed: async () => comes({ kind: "command", verb: "approve", rest: card.proposal }),
    said: async () => comes({ kind: "text", text: `approve ${card.proposal}, yes, go ahead` }),
    again: async () => {
      const old = weather.said.length === 0 ? null : chance.pick(weather.said);
      weather.presses += 1;
      if (old !== null) await house.door.again(old);
    },
  };
  return { card, by: nameOf(who), isRight, press: presses[wrong] };
}

type Typing = { readonly chance: Chance; readonly isTyped: boolean };
function pressOf(card: Seen, verb: keyof Nonces, { chance, isTyped }: Typing) {
  const typed = isTyped ? card.typed : chance.pick([null, "EUR 1.00", "yes", card.typed?.slice(4) ?? null]);
  const words = verb === "reject" ? "too dear" : typed;
  const fields = {
    to: `Edited${chance.below(1_000_000)}`,
    cents: String(1 + chance.below(90_000)),
    note: "",
  };
  const press = { kind: "press", nonce: card[verb], onMessage: card.platformId, words } as const;
  return verb === "edit" ? { ...press, fields } : press;
}
