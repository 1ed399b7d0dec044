// A typed line becomes a message's body, or a sentence for the person who typed it, or nothing.
// Reads bytes itself where input is piped: a line that is too long or no text must not reach the engine half.
import type { Body } from "../../src/body.ts";
import type { Choice, Choices } from "./choices.ts";

const maxLineBytes = 64 * 1024;

export type Line =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "too long" }
  | { readonly kind: "no text" };
export type Heard =
  | { readonly kind: "body"; readonly body: Body }
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "nothing" };

/** What a line means here. A number is a press only while choices are the last thing said. */
export function parseLine(line: Line, choices: Choices): Heard {
  if (line.kind === "too long") {
    return notice("That line is longer than 64 KB, so I did not take it; send it in shorter parts.");
  }
  if (line.kind === "no text" || line.text.includes("\0")) {
    return notice("That line is not readable text (UTF-8), so I did not take it; send plain text.");
  }
  const text = line.text.trim();
  if (text === "") return { kind: "nothing" };
  const bare = choices.pickBare(text);
  if (bare !== null) return press(bare, null);
  const command = /^\/(?<verb>[a-z][a-z-]*)(?:\s+(?<rest>[^]*))?$/iu.exec(text)?.groups;
  if (command === undefined) return { kind: "body", body: { kind: "text", text } };
  const verb = (command["verb"] ?? "").toLowerCase();
  const rest = command["rest"] ?? "";
  return verb === "choose" ? choose(rest, choices) : { kind: "body", body: { kind: "command", verb, rest } };
}

function choose(rest: string, choices: Choices): Heard {
  const [key = "", ...words] = rest.split(/\s+/u);
  const choice = choices.pick(key.toLowerCase());
  if (choice !== null) return press(choice, words.length === 0 ? null : words.join(" "));
  const keys = choices.keys();
  return notice(
    keys.length === 0
      ? "There is nothing to choose from right now."
      : `That is not one of the choices; type /choose and one of ${keys.join(", ")}.`,
  );
}

function press(choice: Choice, words: string | null): Heard {
  return {
    kind: "body",
    body: { kind: "press", nonce: choice.nonce, onMessage: choice.onMessage, words },
  };
}
const notice = (text: string): Heard => ({ kind: "notice", text });

/** Whether a line that came as a string (from the line editor) may be taken. */
export function toLine(text: string): Line {
  return Buffer.byteLength(text) > maxLineBytes ? { kind: "too long" } : { kind: "line", text };
}

/** Splits bytes into lines without ever holding more than one line's limit. */
export async function* toLinesOf(input: AsyncIterable<unknown>): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  function take(): Line {
    const line = heldBytes > maxLineBytes ? ({ kind: "too long" } as const) : decode(Buffer.concat(held));
    held = [];
    heldBytes = 0;
    return line;
  }
  function hold(part: Buffer): void {
    heldBytes += part.length;
    if (heldBytes <= maxLineBytes) held.push(part);
  }
  for await (const chunk of input) {
    let rest = toBytes(chunk);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      hold(rest.subarray(0, end));
      yield take();
      rest = rest.subarray(end + 1);
    }
    hold(rest);
  }
  if (heldBytes > 0) yield take();
}

function toBytes(chunk: unknown): Buffer {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  return Buffer.from(typeof chunk === "string" ? chunk : String(chunk));
}

function decode(bytes: Buffer): Line {
  try {
    return { kind: "line", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { kind: "no text" };
  }
}
