// The real time and chance; everything else is given these.
import { randomBytes } from "node:crypto";
import type { Clock, Entropy } from "./ports.ts";

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
export const systemEntropy: Entropy = (bytes) => randomBytes(bytes).toString("hex");
