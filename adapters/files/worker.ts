// The thread that foreign bytes are read in: one file, then it is over. It knows nothing of Nova and holds no secret.
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { readContent } from "./content.ts";

const Given = z.object({
  name: z.string(),
  type: z.string().nullable(),
  bytes: z.instanceof(Uint8Array).transform((bytes) => Uint8Array.from(bytes)),
});

parentPort?.postMessage(await readContent(Given.parse(workerData)), []);
