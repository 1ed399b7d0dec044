// Who Nova is in a workspace: asked once at the start, and tried until Slack answers or refuses the token for good.
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";
import type { Clock } from "../../src/ports.ts";
import type { Self } from "./inbound.ts";
import { problemOf } from "./outcomes.ts";

const Identity = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
  url: z.string().default(""),
});
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Null: stopped meanwhile. Throws a BootError when Slack refuses the token. */
export async function identify(parts: {
  readonly client: WebClient;
  readonly clock: Clock;
  readonly isStopped: () => boolean;
  readonly onProblem: (why: string, isFatal: boolean) => void;
}): Promise<Self | null> {
  for (let waitMs = firstWaitMs; !parts.isStopped(); waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      const identity = Identity.parse(await parts.client.auth.test());
      const { team_id: team, user_id: botUserId, bot_id: botId, url } = identity;
      return { team, botUserId, botId, url };
    } catch (thrown) {
      const problem = problemOf(thrown);
      parts.onProblem(problem.why, problem.kind === "fatal");
      if (problem.kind === "fatal") {
        const mend = 'copy it anew from "OAuth & Permissions" of the app';
        throw new BootError(`Slack refuses SLACK_BOT_TOKEN (${problem.why}): ${mend}.`, { cause: thrown });
      }
      const pause = Promise.withResolvers<void>();
      parts.clock.after(waitMs, pause.resolve);
      await pause.promise;
    }
  }
  return null;
}
