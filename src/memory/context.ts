// A channel's context as it changes: what is not said stays, and a channel without one starts empty.
import type { ChannelContext } from "../ports.ts";

const empty: ChannelContext = {
  schemaVersion: 1,
  rev: 0,
  profile: "",
  conventions: [],
  openItems: [],
  summary: "",
  summarisedAt: null,
  turnsSinceSummary: 0,
};

/** The store raises `rev` itself. */
export function changedContext(
  current: ChannelContext | null,
  change: (context: ChannelContext) => Partial<Omit<ChannelContext, "schemaVersion" | "rev">>,
): ChannelContext {
  const context = current ?? empty;
  return { ...context, ...change(context) };
}
