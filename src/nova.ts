// Everything that an agent file may import, as `#nova`.
export { chat, coordinator, erpSpecialist, language, pipeline } from "./agent.ts";
export type { EffectOutcome, PipelineResult, Step } from "./agent.ts";
export { defineEffect, defineReader } from "./effects.ts";

/** Instructions as a readable block: common indentation and outer blank lines are taken away. */
export function prose(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const lines = String.raw({ raw: strings }, ...values).split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .trim();
}
