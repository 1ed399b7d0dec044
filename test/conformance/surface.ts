// A surface as the rules see it: a front door, and what its platform can do to Nova. What a platform does not have is
// in `lacks`, with the reason that the matrix prints.
import type { ChatAdapter } from "../../src/ports.ts";
import type { Door, Who } from "../support/doors/door.ts";

/** What a rule may ask of a platform; every surface has all of it but what it lacks. */
export type Ability =
  /** Several people see the same card. */
  | "people"
  /** Conversations apart from each other. */
  | "threads"
  /** What was delivered once may be delivered again. */
  | "redelivery"
  /** Other bots, webhooks and Nova's own posts come in as events. */
  | "bots"
  /** People can change or take back what they said. */
  | "edits"
  /** A connection that the platform may renew or lose. */
  | "connection"
  /** Posts go over a wire on which they, or their confirmation, can be lost. */
  | "wire"
  /** Posts are limited per place and time. */
  | "limits"
  /** What was said while nobody listened can be read afterwards. */
  | "history"
  /** Events may come late and in another order. */
  | "lateness"
  /** The platform waits for an acknowledgement, and goes on without one. */
  | "acknowledgement"
  /** Whoever presses is known by an account of the platform. */
  | "forgery";
/** How a post goes wrong. */
export type Harm = "5xx" | "reset" | "truncated" | "html" | "429 without a time" | "429";
export type SaidPost = {
  /** All words that a person can read in it. */
  readonly words: string;
  /** The words of the files that came with it. */
  readonly files: readonly string[];
  /** What it answers, as the platform shows it; null: it stands by itself. */
  readonly answers: string | null;
  readonly pinged: readonly string[];
};

export type Deeds = {
  /** Every next message of a person arrives this many times. */
  stutter(copies: number): void;
  /** The newest one arrives once more, with the ids that it had. */
  repeat(what: "message" | "press" | "command"): Promise<void>;
  botsSay(text: string): void;
  /** Kit changes, or takes back, what was said last. */
  edits(text: string): void;
  removes(): void;
  /** The platform renews the connection. */
  refresh(): void;
  /** The connection is gone without a word. */
  cut(): void;
  /** Nothing of what happened before can be resumed any more. */
  forget(): void;
  /** While it is refused, no connection comes back. Returns the end of it. */
  refuseConnections(): () => void;
  /** The next `times` posts go wrong before, or after, the platform took them. */
  harm(harm: Harm, when: "before" | "after", times: number): void;
  /** From now on whatever Nova reads there goes wrong. Returns the end of it. */
  harmReads(): () => void;
  /** The platform refuses the next post for good. */
  refuseForGood(): void;
  /** The token stops working. Returns the way to make it good again. */
  revoke(): () => void;
  /** How many of a person's deeds Nova acknowledged to the platform so far. */
  acknowledged(): number;
  /** How many calls the platform got so far. */
  calls(): number;
  /** What is said until the returned function is called arrives only then, in another order where that can be. */
  delay(): () => void;
  /** Presses what is no button of Nova's, or a button of one message as if it stood on another. */
  forge(how: "unknown" | "on another message"): Promise<void>;
};

export type Surface = Door &
  Deeds & {
    readonly lacks: Readonly<Partial<Record<Ability, string>>>;
    /** The adapter that is at work now. */
    readonly adapter: () => ChatAdapter;
    /** In a conversation of its own; what is said under one name lies in one thread. */
    readonly saysIn: (topic: string, text: string) => Promise<void>;
    /** Everything that Nova said to everybody, oldest first. */
    readonly said: () => Promise<readonly SaidPost[]>;
    /** The platform id of what was said last. */
    readonly asked: () => string;
    /** In how many posts this can be read, private ones included. */
    readonly tally: (words: RegExp) => Promise<number>;
    /** What only this person sees. */
    readonly whispered: (who: Who) => readonly string[];
    /** Words that would notify people, or show as a link or a button, if they were live. */
    readonly bait: readonly string[];
  };

/** Deeds of a surface that lacks them; calling one is a mistake of the rule, which has to ask for the ability. */
export function missing(name: string): Deeds {
  const none = (): never => {
    throw new Error(`${name} can't do this: the rule must ask for the ability that it needs`);
  };
  return {
    stutter: none,
    repeat: none,
    botsSay: none,
    edits: none,
    removes: none,
    refresh: none,
    cut: none,
    forget: none,
    refuseConnections: none,
    harm: none,
    harmReads: none,
    refuseForGood: none,
    revoke: none,
    acknowledged: none,
    calls: none,
    delay: none,
    forge: none,
  };
}

/** Keeps the newest adapter that a door opened at hand. */
export function watchAdapter(open: Door["open"]): {
  readonly open: Door["open"];
  readonly adapter: () => ChatAdapter;
} {
  let newest: ChatAdapter | null = null;
  return {
    open: async (world) => {
      newest = await open(world);
      return newest;
    },
    adapter: () => {
      if (newest === null) throw new Error("no adapter was opened yet");
      return newest;
    },
  };
}
