// An adapter with a fault in it: the real one, with one of its doings replaced.
import type { ChatAdapter, Hear } from "../../src/ports.ts";
import type { Twist } from "./rule.ts";

type Open = NonNullable<Twist["open"]>;

/** The real adapter, with these doings instead of its own. */
function replaced(adapter: ChatAdapter, instead: Readonly<Partial<ChatAdapter>>): ChatAdapter {
  return new Proxy(adapter, {
    get(target, key): unknown {
      const own: unknown = Reflect.get(instead, key);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...given: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, given);
        return result;
      };
    },
  });
}

/** Something else is done, given the real adapter. */
export const plant =
  (instead: (adapter: ChatAdapter) => Readonly<Partial<ChatAdapter>>): Open =>
  (open) =>
  async (world) => {
    const adapter = await open(world);
    return replaced(adapter, instead(adapter));
  };

/** Something else is heard than what the platform said. */
export const plantInHearing = (change: (hear: Hear) => Hear): Open =>
  plant((adapter) => ({
    start: async (...given) => {
      const [hear, ...rest] = given;
      return adapter.start(change(hear), ...rest);
    },
  }));
