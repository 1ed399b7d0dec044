// `nova agents`: the roster, a line each, and under whoever was judged how far it is trusted and by which evidence. It only
// looks: where nothing was kept yet, nothing is made.
import { existsSync } from "node:fs";
import { createSqliteJournal, journalFile } from "../../adapters/sqlite/index.ts";
import { trust } from "../../config/trust.ts";
import { openModel, systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { createLog } from "../log.ts";
import type { Evidence } from "../ports.ts";
import { loadRoster } from "../roster.ts";
import type { Settings } from "../settings.ts";
import { loadEvalResults } from "../trust/eval-evidence.ts";
import { parseTrust } from "../trust/trust-config.ts";
import { createTrust } from "../trust/trust.ts";
import type { Trust } from "../trust/trust.ts";
import { standingsWords } from "../trust/trust-words.ts";

export async function printAgents(settings: Settings): Promise<number> {
  const { entries } = await loadRoster(systemWorld(createLog(settings, false)).agentsFolder);
  const width = Math.max(...entries.map(({ id }) => id.length));
  const { trust: measured, note } = await measuredTrust(settings);
  const indent = `${" ".repeat(width)}  `;
  const lines = entries.map(({ id, card }) => {
    const { standings, evidence } = measured.of(id);
    const standing = evidence === "" ? "" : `\n${indent}trust: ${standingsWords(standings)}: ${evidence}`;
    return { text: `${id.padEnd(width)}  ${card.job}${standing}`, isJudged: evidence !== "" };
  });
  for (const { text } of lines) print(text);
  const judged = lines.filter(({ isJudged }) => isJudged).length;
  print(
    `\n${judged} of ${lines.length} agents were judged; what counts are evals (\`npm run eval\`), decisions on cards and thumbs.`,
  );
  if (note !== "") print(note);
  return 0;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

type Measured = { readonly trust: Trust; /** What is not in it; empty: all is. */ readonly note: string };

async function measuredTrust(settings: Settings): Promise<Measured> {
  const { clock } = systemWorld(createLog(settings, false));
  const { id: modelId } = await openModel(settings, clock);
  const { pieces, note } = await readEvidence(settings);
  const results = loadEvalResults(settings.NOVA_HOME, modelId);
  const measured = createTrust({
    journal: { evidence: async () => pieces },
    clock,
    settings: parseTrust(trust, "config/trust.ts"),
    modelId,
    evals: () => results,
    onTrouble: (thrown) => print(String(thrown)),
  });
  await measured.refresh();
  return { trust: measured, note };
}

type Read = { readonly pieces: readonly Evidence[]; readonly note: string };

/** What people judged. A Nova that runs holds its journal alone, and says it in a conversation. */
async function readEvidence({ NOVA_HOME: folder, ...settings }: Settings): Promise<Read> {
  if (!existsSync(journalFile(folder))) return { pieces: [], note: "" };
  const { clock, entropy } = systemWorld(createLog(settings, false));
  try {
    const journal = createSqliteJournal({ folder, clock, entropy });
    try {
      return { pieces: await journal.evidence(0), note: "" };
    } finally {
      await journal.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof BootError)) throw thrown;
    const note = `Without what people judged: ${thrown.message} While Nova runs, \`agents\` in a conversation says it all.`;
    return { pieces: [], note };
  }
}
