// Who somebody is to Nova, and what a channel is about.
import type { AccountId, ChannelId, ProjectId } from "./ids.ts";

export type PersonClass = "owner" | "member" | "guest" | "visitor";
export type Person = {
  /** The listed name; for everybody else the account id, because a display name can be anybody's. */
  readonly name: string;
  readonly class: PersonClass;
  readonly accounts: readonly AccountId[];
  /** Set when a listed account counts as a guest, because the platform calls it an outsider. */
  readonly listedAs?: string;
};

/** What a channel is about; parsed from the config. */
export type Project = {
  readonly id: ProjectId;
  readonly name: string;
  readonly channels: readonly ChannelId[];
  readonly agents: readonly string[];
  readonly erp: string | null;
  /** What it is about and how things are done here, as the config says; absent: nothing is said. */
  readonly profile?: string;
  readonly conventions?: readonly string[];
};
