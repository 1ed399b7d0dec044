// The five surfaces of the suite, each with a strict platform behind it, and how a twisted one is made for a test of
// the suite itself.
import { discordDoor } from "../support/doors/discord.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { discordSurface } from "./discord-surface.ts";
import { terminalSurface, webSurface } from "./local-surfaces.ts";
import { slackSurface } from "./slack-surface.ts";
import type { SurfaceName } from "./surface-names.ts";
import type { Surface } from "./surface.ts";

/** `tight`: the platform's limits as they are, only faster; `through`: another address of the platform. */
export type Way = {
  readonly limits?: "wide" | "tight";
  readonly through?: (apiUrl: string) => string;
  /** Slack delivers what was not acknowledged no second time. */
  readonly noRetries?: boolean;
};

export async function openSurface(name: SurfaceName, way: Way = {}): Promise<Surface> {
  if (name === "terminal") return terminalSurface();
  if (name === "web") return webSurface();
  const isTight = way.limits === "tight";
  if (name === "discord") {
    const limits = { bucketLimit: 5, bucketWindowMs: 250, globalPerSecond: 50 };
    return discordSurface(await discordDoor(isTight ? limits : {}, way.through));
  }
  const transport = name === "slack-socket" ? "socket" : "http";
  return slackSurface(
    await slackDoor(transport, {
      postsPerSecond: isTight ? 10 : 10_000,
      postBurst: isTight ? 3 : 10_000,
      times: { retryMs: way.noRetries === true ? [] : [0, 400, 3_000] },
      findAfterMs: 300,
      ...(way.through === undefined ? {} : { through: way.through }),
    }),
    transport,
  );
}
