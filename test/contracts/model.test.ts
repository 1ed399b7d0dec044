// Both models that ship, under one contract.
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import { apiKey, free } from "../support/anthropic/samples.ts";
import { describeModel } from "./model-suite.ts";

describeModel("the offline model", async () => ({
  model: createOfflineModel(),
  willAnswer: () => undefined,
  hang: null,
  close: async () => undefined,
}));

describeModel("the Anthropic model", async () => {
  const stub = await startAnthropicStub({ apiKey });
  return {
    model: createAnthropicModel({ apiKey, baseUrl: stub.url, model: "claude-sonnet-5-5", limiter: free }),
    willAnswer: (expected) => stub.script(expected),
    hang: () => {
      stub.script({ fault: "stall", at: "start" });
      return stub.stalled();
    },
    close: () => stub.close(),
  };
});
