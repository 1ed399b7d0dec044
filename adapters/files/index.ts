// Reads attached files, each in a thread of its own that ends with it: what hangs, swells or breaks is that thread, and
// what comes out is checked like anything else from outside. One at a time, so that the limits hold for all together.
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { FileContent, FileReader } from "../../src/ports/files.ts";
import type { FileBytes } from "./content.ts";

export type ReadLimits = {
  /** A machine's time, not the house's clock: the thread is busy and can't be asked to stop. */
  readonly limitMs: number;
  /** How much the whole process may grow meanwhile: what is unpacked lies outside the thread's own heap. */
  readonly maxGrowthBytes: number;
  readonly maxHeapMb: number;
};

const usual: ReadLimits = { limitMs: 15_000, maxGrowthBytes: 400 * 1024 * 1024, maxHeapMb: 192 };
const lookEveryMs = 25;

const Content: z.ZodType<FileContent> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("words"),
    what: z.string(),
    extent: z.string(),
    unit: z.enum(["page", "row", "paragraph"]),
    head: z.string(),
    parts: z.array(z.string()),
    total: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal("image"),
    extent: z.string(),
    image: z.strictObject({
      name: z.string(),
      mediaType: z.enum(["image/png", "image/jpeg", "image/gif", "image/webp"]),
      data: z.string(),
    }),
  }),
  z.strictObject({ kind: z.literal("refused"), why: z.string() }),
]);

const tooLong = "takes too long to read; send a shorter part of it.";
const tooBig = "swells to more than I can hold when it is opened; send a smaller part of it.";
const broken = "is broken in a way that stops me from reading it; save it anew and send it again.";

export function createFileReader(limits: Partial<ReadLimits> = {}): FileReader {
  const given = { ...usual, ...limits };
  let line: Promise<unknown> = Promise.resolve();
  return {
    read: async (file) => {
      const reading = line.then(async () => readInThread(file, given));
      line = reading;
      return reading;
    },
  };
}

async function readInThread(file: FileBytes, limits: ReadLimits): Promise<FileContent> {
  const over = Promise.withResolvers<FileContent>();
  const refuse = (why: string): void => over.resolve({ kind: "refused", why });
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { name: file.name, type: file.type, bytes: file.bytes },
    resourceLimits: {
      maxOldGenerationSizeMb: limits.maxHeapMb,
      maxYoungGenerationSizeMb: 32,
      stackSizeMb: 4,
    },
    // No secret of the process is passed on, and no word of the thread reaches its output.
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
  });
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > limits.maxGrowthBytes) refuse(tooBig);
  }, lookEveryMs);
  const late = setTimeout(() => refuse(tooLong), limits.limitMs);
  worker.once("message", (content: unknown) => {
    const parsed = Content.safeParse(content);
    over.resolve(parsed.success ? parsed.data : { kind: "refused", why: broken });
  });
  worker.once("error", (error: unknown) => refuse(isMemory(error) ? tooBig : broken));
  worker.once("exit", () => refuse(broken));
  try {
    return await over.promise;
  } finally {
    clearInterval(watch);
    clearTimeout(late);
    await worker.terminate();
  }
}

const isMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
