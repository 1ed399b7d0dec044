// `nova examples`: what people sent on by a button, for a person to judge. Accepted ones train the router from the next
// start on; dropped ones are not shown again.
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { candidatesIn, keepReviewed, loadReviewed } from "../training/examples.ts";
import type { Candidate } from "../training/examples.ts";
import { createLog } from "../log.ts";
import { loadRoster } from "../roster.ts";
import type { Settings } from "../settings.ts";
import { WrongUse } from "./wrong-use.ts";

const usage =
  "The examples commands are: nova examples, nova examples accept ID [ID …], nova examples drop ID [ID …].";
const mostChoices = 1_000;
const verdicts = { accept: "accepted", drop: "dropped" } as const;

export async function examples(settings: Settings, words: readonly string[]): Promise<number> {
  const [what = "list", ...ids] = words;
  const candidates = await loadCandidates(settings);
  if (what === "list" && ids.length === 0) return list(settings, candidates);
  if ((what !== "accept" && what !== "drop") || ids.length === 0) throw new WrongUse(usage);
  const verdict = verdicts[what];
  const { agentsFolder } = systemWorld(createLog(settings, false));
  const roster = await loadRoster(agentsFolder);
  const chosen = ids.map((id) => {
    const found = candidates.find((candidate) => candidate.id === id);
    if (found === undefined)
      throw new BootError(`There is no example ${id} to review; \`nova examples\` lists them.`);
    if (verdict === "accepted" && roster.find(found.agent) === null)
      throw new BootError(`${found.agent} is not in the roster any more; drop the example ${id}.`);
    return { id, text: found.text.trim(), agent: found.agent, verdict };
  });
  keepReviewed(settings.NOVA_HOME, chosen);
  const after = verdict === "accepted" ? "; they train the router from the next start on" : "";
  process.stdout.write(`${chosen.length} ${verdict}${after}.\n`);
  return 0;
}

function list({ NOVA_HOME }: Settings, candidates: readonly Candidate[]): number {
  const accepted = loadReviewed(NOVA_HOME).filter(({ verdict }) => verdict === "accepted");
  for (const { id, agent, text, person, offered } of candidates) {
    const line = text.replaceAll(/\s+/gu, " ").trim();
    process.stdout.write(`${id}  ${agent}  "${line}"  (${person} chose it of ${offered.join(", ")})\n`);
  }
  process.stdout.write(`${candidates.length} to review, ${accepted.length} accepted so far.\n`);
  return 0;
}

async function loadCandidates(settings: Settings): Promise<readonly Candidate[]> {
  const { clock, entropy } = systemWorld(createLog(settings, false));
  const journal = createSqliteJournal({ folder: settings.NOVA_HOME, clock, entropy });
  try {
    return candidatesIn(await journal.choices(mostChoices), loadReviewed(settings.NOVA_HOME));
  } finally {
    await journal.close();
  }
}
