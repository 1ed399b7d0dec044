// Words with their emphasis: marks that match become spans, marks that don't stay the letters that they are.
import type { Span, Spans } from "./document.ts";
import { toTokens } from "./tokens.ts";
import type { Token } from "./tokens.ts";

type Style = "strong" | "emphasis" | "strike";
type Frame = { readonly mark: string; readonly spans: Span[] };
type Mark = Extract<Token, { kind: "mark" }>;

/** Deeper than anybody reads; beyond it marks are letters. */
const depthLimit = 6;
const styleOf = (mark: string): Style =>
  mark === "~~" ? "strike" : mark.length === 2 ? "strong" : "emphasis";

/** The text must be visible already (see `toVisible`). */
export function parseSpans(text: string): Spans {
  const root: Frame = { mark: "", spans: [] };
  const stack: Frame[] = [root];
  for (const token of toTokens(text)) {
    const top = stack.at(-1) ?? root;
    if (token.kind === "text") append(top.spans, token);
    else if (token.kind === "spans") for (const span of token.spans) append(top.spans, span);
    else takeMark(stack, root, token);
  }
  while (stack.length > 1) unwind(stack, root);
  return root.spans;
}

function takeMark(stack: Frame[], root: Frame, { run, mayOpen, mayClose }: Mark): void {
  let rest = run;
  let closed = mayClose ? closable(stack, rest) : null;
  while (closed !== null) {
    close(stack, root, closed);
    rest = rest.slice(closed.length);
    closed = closable(stack, rest);
  }
  const opened = rest.length === 3 ? [rest.slice(0, 2), rest.slice(0, 1)] : rest === "" ? [] : [rest];
  for (const mark of opened) {
    if (mayOpen && stack.length <= depthLimit) stack.push({ mark, spans: [] });
    else append((stack.at(-1) ?? root).spans, { kind: "text", text: mark });
  }
}

/** The innermost open mark that this run can close. */
function closable(stack: readonly Frame[], run: string): string | null {
  const frame = stack.findLast(
    ({ mark, spans }) =>
      mark !== "" && spans.length > 0 && run.startsWith(mark) && !(mark.length === 1 && run.length === 2),
  );
  return frame?.mark ?? null;
}

function close(stack: Frame[], root: Frame, mark: string): void {
  while (stack.at(-1)?.mark !== mark) unwind(stack, root);
  const frame = stack.pop();
  if (frame !== undefined) (stack.at(-1) ?? root).spans.push({ kind: styleOf(mark), spans: frame.spans });
}

/** An opening mark that never closed is a letter after all. */
function unwind(stack: Frame[], root: Frame): void {
  const frame = stack.pop();
  if (frame === undefined) return;
  const target = (stack.at(-1) ?? root).spans;
  append(target, { kind: "text", text: frame.mark });
  for (const span of frame.spans) append(target, span);
}

/** Neighbouring letters are one span. */
function append(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (span.kind === "text" && last?.kind === "text") {
    spans[spans.length - 1] = { kind: "text", text: last.text + span.text };
  } else if (span.kind !== "text" || span.text !== "") spans.push(span);
}
