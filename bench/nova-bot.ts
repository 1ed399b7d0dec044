// Nova as it is shipped, with Slack as its only surface: the parts that `start` opens, without terminal and web. One
// thing differs: the model's rate limit is out of reach, because a limit that waits would measure the limit.
import { createAnthropicModel } from "../adapters/anthropic/index.ts";
import { openStorage, openSurfaces, systemWorld } from "../src/boot.ts";
import { createLimiter } from "../src/surfaces/limiter.ts";
import { createLog } from "../src/log.ts";
import { createNova } from "../src/main.ts";
import { parseSettings } from "../src/settings.ts";
import { verbSpecs } from "../src/verbs.ts";

const settings = parseSettings(process.env);
const world = systemWorld(createLog(settings, true));
const storage = await openStorage(settings, world);
const model = createAnthropicModel({
  apiKey: settings.ANTHROPIC_API_KEY ?? "",
  baseUrl: settings.ANTHROPIC_BASE_URL ?? null,
  model: settings.NOVA_MODEL,
  clock: world.clock,
  limiter: createLimiter({ burst: 1_000_000, refillMs: 1 }, world.clock),
});
const { adapters } = await openSurfaces(settings, world, { verbs: verbSpecs });
const nova = await createNova({ ...storage, model, adapters });

process.once("SIGTERM", () => {
  void nova.stop().then(() => process.exit(0));
});
await nova.start();
