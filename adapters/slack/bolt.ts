// Bolt acknowledges events before any listener runs, so listeners can't be what keeps a message. Nova's hand-off is
// put in front of `processEvent` instead: commit, then acknowledge, on every transport. The listeners only acknowledge.
import { App } from "@slack/bolt";
import type { Logger, Receiver, ReceiverEvent } from "@slack/bolt";
import type { HandOff } from "./hand-off.ts";
import type { Self } from "./inbound.ts";
import { clientOptions } from "./wire.ts";
import type { Report } from "./wire.ts";

export function createBolt(deps: {
  readonly receiver: Receiver;
  readonly handOff: HandOff;
  readonly self: Self;
  readonly botToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly report: Report;
}): App {
  const { receiver, handOff, self, botToken, apiUrl, logger, report } = deps;
  const { botId, botUserId } = self;
  const app = new App({
    receiver,
    authorize: async () => ({ botToken, botId, botUserId }),
    clientOptions: clientOptions(apiUrl, 10_000, logger),
    logger,
    convoStore: false,
  });
  const process = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent) => {
    if (event.body["type"] === "app_rate_limited") {
      report("warn", "Slack holds events back: this workspace sends more than 30,000 an hour");
      return event.ack();
    }
    // Bolt's listeners know no response; what has one is acknowledged with it here.
    await handOff.take(event.body, async (response) =>
      response === undefined ? process(event) : event.ack(response),
    );
  };
  const acknowledge = async ({ ack }: { readonly ack: () => Promise<void> }): Promise<void> => ack();
  app.action(/.*/, acknowledge);
  app.command(/.*/, acknowledge);
  app.view(/.*/, acknowledge);
  app.shortcut(/.*/, acknowledge);
  app.error(async (error) => report("error", `Bolt: ${error.message}`));
  return app;
}
