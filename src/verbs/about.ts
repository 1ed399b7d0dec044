// Verbs about Nova itself: what it can do, who works here, how everything is.
import type { Verb } from "./verb.ts";
import { erpRights } from "./erp-rights.ts";
import { lines } from "./verb.ts";
import { spentWords } from "../budget-lines.ts";
import { doubtedWords } from "../trust/doubted.ts";

export const helpVerb: Verb = {
  name: "help",
  summary: "What you can say here",
  usage: "help",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, { specs, agentsFor }) => {
    const isTerminal = task.message.thread.startsWith("terminal:");
    const shown = specs.filter((spec) => isTerminal || !spec.isTerminalOnly);
    return lines(
      task,
      "Write what you need in your own words; I route it to one agent, and ask when I am not sure.",
      "Whatever would change the world waits for a person's approval.",
      "",
      ...shown.map(({ usage, summary }) => `- \`${usage}\`: ${summary}`),
      "",
      `Agents here: ${agentsFor(task)
        .map(({ id }) => id)
        .join(", ")}.`,
    );
  },
};

export const statusVerb: Verb = {
  name: "status",
  summary: "Connections, model, journal, spending",
  usage: "status",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, { adapters, journal, model, budget, roster, erps, clock, toolServers, trust }) => {
    const figures = await journal.figures();
    const audit = await journal.verifyAudit();
    return lines(
      task,
      ...adapters.map(
        (adapter) =>
          `- ${adapter.surface}: ${adapter.health().state}${adapter.health().detail === "" ? "" : `, ${adapter.health().detail}`}`,
      ),
      ...toolServers.standing().map(({ name, state, detail }) => `- MCP server ${name}: ${state}, ${detail}`),
      `- model: ${model.id}${model.isLanguageModel ? "" : " (extracts and looks things up; it is not a language model)"}`,
      `- agents: ${roster.entries.length}${doubtedWords(trust, roster.entries)}`,
      ...(await erpRights({ erps, roster, clock })),
      `- journal: ${figures.done} turns done, ${figures.open} open, ${figures.outboxDue} posts due, ${figures.dead} undeliverable`,
      `- audit chain: ${audit.brokenAt === null ? `${audit.rows} rows, sound` : `BROKEN at row ${audit.brokenAt}: ${audit.why ?? ""}`}`,
      `- ${spentWords(await budget.today())}`,
    );
  },
};
