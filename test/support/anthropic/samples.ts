// What every test of the Anthropic adapter asks with: two tools, a limiter without limits, one request to vary.
import type { Limiter, ModelRequest, ToolSpec } from "../../../src/ports.ts";

export const apiKey = "sk-test-0123456789";
export const free: Limiter = { run: (_key, task) => task() };
export const never = new AbortController().signal;

export const tool = (
  name: string,
  kind: ToolSpec["kind"],
  properties: Record<string, { type: string }>,
): ToolSpec => ({
  name,
  kind,
  description: `The tool ${name}.`,
  inputSchema: {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  },
  examples: [],
});

const tools = [
  tool("findStock", "reader", { text: { type: "string" } }),
  tool("reply", "reply", { answer: { type: "string" } }),
];

export const asks = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  instructions: "You look after the stock.",
  context: "[c1 | profile | - | current] We sell brushes.",
  messages: [{ role: "user", text }],
  tools,
  toolChoice: "tool",
  maxTokens: 500,
  ...more,
});
