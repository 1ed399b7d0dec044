// One ModelRequest as the body of POST /v1/messages. Tools and instructions stay the same from turn to turn, so the
// cache mark stands behind them; the context pack changes and is foreign text, so it goes into the user's turn.
import type { MessageCreateParamsStreaming, Tool } from "@anthropic-ai/sdk/resources/messages";
import type { ModelRequest, ToolSpec } from "../../src/ports.ts";
import { isThinking } from "./prices.ts";
import type { ToolNames } from "./tool-names.ts";
import { toTurns } from "./turns.ts";
import type { Conversation } from "./turns.ts";

/** Room for thinking, on top of what the answer may take. */
const thinkingTokens = 4096;

export type ParamsOptions = {
  readonly model: string;
  readonly names: ToolNames;
  readonly recall: Conversation["recall"];
};

export function toParams(request: ModelRequest, options: ParamsOptions): MessageCreateParamsStreaming {
  const { model, names, recall } = options;
  const instructions = request.instructions.trim();
  const isCached = { cache_control: { type: "ephemeral" as const } };
  return {
    model,
    stream: true,
    max_tokens: request.maxTokens + (isThinking(model) ? thinkingTokens : 0),
    ...(instructions === "" ? {} : { system: [{ type: "text" as const, text: instructions, ...isCached }] }),
    messages: toTurns({ context: request.context, messages: request.messages, names, recall }),
    ...(request.tools.length === 0
      ? {}
      : {
          tools: request.tools.map((tool) => toTool(tool, names)),
          tool_choice: { type: request.toolChoice === "tool" ? ("any" as const) : ("auto" as const) },
        }),
  };
}

function toTool(tool: ToolSpec, names: ToolNames): Tool {
  const examples = tool.examples.slice(0, 3).map((example) => `"${example}"`);
  const hint = examples.length === 0 ? "" : `\nFor example: ${examples.join(", ")}`;
  return {
    name: names.toWire(tool.name),
    description: `${tool.description}${hint}`,
    input_schema: { ...tool.inputSchema, type: "object" },
  };
}
