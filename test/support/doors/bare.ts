// A door without a platform behind it: whoever comes in is exactly who the test says, and every post is at hand. For
// fuzzers, which need ten thousand presses a minute; how real platforms vouch for accounts is proven on their own fakes.
import type { AccountId, ThreadId } from "../../../src/ids.ts";
import type { Body } from "../../../src/body.ts";
import type { Message } from "../../../src/message.ts";
import type { ChatAdapter, Delivery, Hear } from "../../../src/ports.ts";
import type { Door } from "./door.ts";

export type Visitor = { readonly id: AccountId; readonly standing: "regular" | "outsider" };
export type Shown = Delivery & { readonly platformId: string };
export type BareDoor = Door & {
  /** Comes in as a platform's event would; resolves when it is committed. The same id again is the same event again. */
  readonly comes: (from: Visitor, body: Body, more?: Partial<Message>) => Promise<Message>;
  readonly again: (message: Message) => Promise<void>;
  /** What stands in the place now, oldest first. */
  readonly posts: () => readonly Shown[];
  readonly thread: ThreadId;
  /** From now on nothing that is shown arrives, until the door is opened again. */
  readonly cut: () => void;
};

export function bareDoor(now: () => number): BareDoor {
  const thread: ThreadId = "slack:T1/C1:C1";
  const posts = new Map<string, Shown>();
  let hear: Hear | null = null;
  let adapter = 0;
  let count = 0;
  const deliver = async (message: Message): Promise<void> => {
    if (hear === null) throw new Error("nobody listens");
    await hear(message);
  };
  const open = async (): Promise<ChatAdapter> => {
    adapter += 1;
    const mine = adapter;
    return {
      surface: "slack",
      resendSafeMs: 0,
      findAfterMs: 0,
      fits: (text) => text.length <= 100_000,
      start: async (given) => {
        hear = given;
      },
      show: async (delivery) => {
        if (mine !== adapter) return { kind: "refused", why: "this process is dead", isPostGone: false };
        const platformId = delivery.shownAs ?? `m-${posts.size + 1}`;
        posts.set(delivery.id, { ...delivery, platformId });
        return { kind: "shown", platformId };
      },
      find: async ({ id }) => {
        const found = posts.get(id);
        return found === undefined ? { kind: "absent" } : { kind: "found", platformId: found.platformId };
      },
      working: () => () => undefined,
      preview: () => undefined,
      health: () => ({ state: "ready", detail: "" }),
      stop: async () => undefined,
    };
  };
  const comes: BareDoor["comes"] = async (from, body, more = {}) => {
    count += 1;
    const account = { id: from.id, name: from.id, standing: from.standing };
    const place = { thread, channel: "slack:T1/C1", direct: false, addressed: true } as const;
    const message: Message = { id: `e-${count}`, at: now(), ...place, account, body, ...more };
    await deliver(message);
    return message;
  };
  const kit: Visitor = { id: "slack:T1/U1", standing: "regular" };
  const unused = async (): Promise<never> => {
    throw new Error("a bare door has no platform to do this on");
  };
  return {
    name: "bare",
    kit: kit.id,
    maya: null,
    channel: "slack:T1/C1",
    thread,
    open,
    comes,
    again: deliver,
    posts: () => [...posts.values()],
    cut: () => void (adapter += 1),
    says: async (text) => void (await comes(kit, { kind: "text", text })),
    verb: async (verb, rest = "") => void (await comes(kit, { kind: "command", verb, rest })),
    seen: async () => [...posts.values()].map(({ post }) => JSON.stringify(post)),
    press: unused,
    hold: unused,
    complaints: () => [],
    close: async () => undefined,
  };
}
