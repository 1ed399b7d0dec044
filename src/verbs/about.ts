// Verbs about Nova itself: what it can do, who works here, why the last answer was what it was, how everything is.
import { ageInWords } from "../memory/staleness.ts";
import type { Verb } from "./verb.ts";
import { lines } from "./verb.ts";

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

export const agentsVerb: Verb = {
  name: "agents",
  summary: "Who works here and on what",
  usage: "agents",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, { agentsFor }) =>
    lines(task, ...agentsFor(task).map(({ id, job }) => `- **${id}**: ${job}`)),
};

export const whyVerb: Verb = {
  name: "why",
  summary: "Route, context and cost of the last answer here",
  usage: "why",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, { journal, clock }) => {
    const walk = await journal.lastWalk(task.message.thread);
    if (walk === null) return lines(task, "Nothing has been answered in this thread yet.");
    const { route, pack, usage } = walk;
    const candidates =
      route?.candidates
        .map(({ agent, probability }) => `${agent} ${(probability * 100).toFixed(0)} %`)
        .join(", ") ?? "";
    return lines(
      task,
      `**${walk.agent ?? "Nova itself"}** answered (${walk.outcome}, ${ageInWords(walk.at, clock.now())}).`,
      `Route: ${route === null ? "none, it failed before" : `${route.stage}: ${route.reasons.join(" ")}`}`,
      ...(candidates === "" ? [] : [`Candidates: ${candidates}`]),
      `Context: ${pack === null || pack.items.length === 0 ? "none" : pack.items.map(({ id, label }) => `${id} (${label})`).join(", ")}${pack !== null && pack.history.length > 0 ? `; ${pack.history.length} earlier exchanges` : ""}`,
      ...(pack?.dropped ?? []).map(({ id, why }) => `Left out: ${id}, ${why}`),
      `Cost: ${usage.inputTokens} tokens in, ${usage.outputTokens} out, $${usage.dollars.toFixed(4)}`,
    );
  },
};

export const statusVerb: Verb = {
  name: "status",
  summary: "Connections, model, journal, spending",
  usage: "status",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, { adapters, journal, model, budget, roster }) => {
    const figures = await journal.figures();
    const audit = await journal.verifyAudit();
    return lines(
      task,
      ...adapters.map(
        (adapter) =>
          `- ${adapter.surface}: ${adapter.health().state}${adapter.health().detail === "" ? "" : `, ${adapter.health().detail}`}`,
      ),
      `- model: ${model.id}${model.isLanguageModel ? "" : " (extracts and looks things up; it is not a language model)"}`,
      `- agents: ${roster.entries.length}`,
      `- journal: ${figures.done} turns done, ${figures.open} open, ${figures.outboxDue} posts due, ${figures.dead} undeliverable`,
      `- audit chain: ${audit.brokenAt === null ? `${audit.rows} rows, sound` : `BROKEN at row ${audit.brokenAt}: ${audit.why ?? ""}`}`,
      `- spent today: $${budget.today().total.toFixed(2)}`,
    );
  },
};
