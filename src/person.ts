// Who somebody is to Nova, and what a channel is about.
import type { AccountId, ChannelId, ProjectId } from "./ids.ts";

export type PersonClass = "owner" | "member" | "guest" | "visitor";
export type Person = {
  readonly name: string;
  readonly class: PersonClass;
  readonly accounts: readonly AccountId[];
};

/** What a channel is about; parsed from the config. */
export type Project = {
  readonly id: ProjectId;
  readonly name: string;
  readonly channels: readonly ChannelId[];
  readonly agents: readonly string[];
  readonly erp: string | null;
};
