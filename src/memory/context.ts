// A channel's context as it changes: what is not said stays, and a channel without one starts empty.
import type { Project } from "../person.ts";
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

/** A channel's context on the ground of what the config says of its project: its own profile wins, conventions add up. */
export function contextIn(
  { profile = "", conventions = [] }: Pick<Project, "profile" | "conventions">,
  current: ChannelContext | null,
): ChannelContext | null {
  if (profile === "" && conventions.length === 0) return current;
  const context = current ?? empty;
  return {
    ...context,
    profile: context.profile === "" ? profile : context.profile,
    conventions: [...conventions, ...context.conventions],
  };
}
