// Nova as a real process, in a folder of its own: started as a service is started, killed as a power cut kills it.
// Whatever it talks to lives in the test and survives it.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { ConfigInput } from "../../src/config.ts";
import { lendRouter } from "../support/trained-router.ts";

export type NovaProcess = {
  /** SIGKILL, at once: the very next instruction of this process does not happen. */
  readonly kill: () => void;
  /** SIGTERM, and how it ended. */
  readonly stop: () => Promise<number | null>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<number | null>;
  /** Resolves with the log's first line with this message. Rejects when the process ends before. */
  readonly says: (message: string) => Promise<Record<string, unknown>>;
  /** Where it listens. */
  readonly url: () => Promise<string>;
  /** Every line of its log so far. */
  readonly log: () => readonly Record<string, unknown>[];
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its own count of turns and posts that have no end yet; null while it does not answer. */
  readonly figures: () => Promise<Figures | null>;
};
export type Figures = {
  readonly keptTurns: number;
  readonly openTurns: number;
  readonly duePosts: number;
  readonly deadPosts: number;
};
export type NovaHome = {
  readonly folder: string;
  readonly start: () => NovaProcess;
  readonly run: (...words: readonly string[]) => { readonly code: number | null; readonly output: string };
  /** Rows of the embedded ERP's own tables. */
  readonly erp: (sql: string) => readonly Record<string, unknown>[];
  /** Kills what still runs, and removes the folder. */
  readonly close: () => Promise<void>;
};

const cli = new URL("../../bin/nova.mjs", import.meta.url).pathname;

export function createNovaHome(
  config: ConfigInput,
  settings: Readonly<Record<string, string>> = {},
): NovaHome {
  const folder = mkdtempSync(join(tmpdir(), "nova-prove-"));
  const home = join(folder, "home");
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify(config));
  lendRouter(home);
  const env = {
    PATH: process.env["PATH"] ?? "",
    NOVA_HOME: home,
    NOVA_CONFIG: file,
    NOVA_PORT: "0",
    NOVA_LOG: "info",
    DISCORD_POSTS_PER_SECOND: "10000",
    SLACK_POSTS_PER_SECOND: "10000",
    ...settings,
  };
  const started: NovaProcess[] = [];
  return {
    folder,
    start: () => {
      const child = spawn(process.execPath, [cli, "start"], {
        cwd: folder,
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      const nova = toProcess(child);
      started.push(nova);
      return nova;
    },
    run: (...words) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      return { code: status, output: `${stdout}${stderr}` };
    },
    erp: (sql) => {
      const database = new DatabaseSync(join(home, "erp", "main.db"), { readOnly: true });
      try {
        return database.prepare(sql).all();
      } finally {
        database.close();
      }
    },
    close: async () => {
      for (const nova of started) {
        nova.kill();
        await nova.gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const LogLine = z.looseObject({ msg: z.string().optional(), level: z.number() });

function toProcess(child: ChildProcess): NovaProcess {
  const lines: Record<string, unknown>[] = [];
  const raw: string[] = [];
  const waiting = new Set<() => void>();
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (child.stderr === null) throw new Error("Nova's log is not readable");
  createInterface({ input: child.stderr }).on("line", (line) => {
    raw.push(line);
    const parsed = parseLine(line);
    if (parsed !== null) lines.push(parsed);
    for (const look of waiting) look();
  });
  const says = async (message: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find(({ msg }) => msg === message);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void gone.then(() => reject(new Error(`Nova ended before it said "${message}":\n${raw.join("\n")}`)));
    });
  const url = async (): Promise<string> =>
    z.looseObject({ url: z.string() }).parse(await says("listening")).url;
  return {
    url,
    log: () => lines,
    signal: (name) => void child.kill(name),
    kill: () => void child.kill("SIGKILL"),
    stop: async () => {
      child.kill("SIGTERM");
      return gone;
    },
    gone,
    says,
    figures: async () => readFigures(await url()),
  };
}

function parseLine(line: string): Record<string, unknown> | null {
  try {
    return LogLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

async function readFigures(url: string): Promise<Figures | null> {
  const text = await fetch(`${url}/metrics`).then(
    async (response) => response.text(),
    () => null,
  );
  if (text === null || !text.includes("nova_journal_readable 1")) return null;
  const value = (name: string): number =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(name))
        ?.split(" ")[1] ?? Number.NaN,
    );
  return {
    keptTurns: value('nova_turns{state="open"}') + value('nova_turns{state="done"}'),
    openTurns: value('nova_turns{state="open"}'),
    duePosts: value('nova_outbox{state="due"}'),
    deadPosts: value('nova_outbox{state="dead"}'),
  };
}

/** Waits until something holds, looked at now and then: whatever it looks at lives in this process and needs time too. */
export async function comes(what: string, holds: () => boolean, timeoutMs = 20_000): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until Nova's own figures are so. */
export async function reaches(
  nova: NovaProcess,
  isSo: (figures: Figures) => boolean,
  timeoutMs = 20_000,
): Promise<Figures> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const figures = await nova.figures();
    if (figures !== null && isSo(figures)) return figures;
    if (Date.now() > until) throw new Error(`Nova stayed at ${JSON.stringify(figures)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Nothing is open any more: every turn has its outcome, every post is confirmed. */
export const isSettled = ({ openTurns, duePosts }: Figures): boolean => openTurns === 0 && duePosts === 0;
