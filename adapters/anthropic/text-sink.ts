// What a watching person sees while the model writes: plain text, then the answer inside the reply call.
// It only ever grows, so a surface can append.
import { createAnswerText } from "./answer-text.ts";

export type TextSink = {
  began(block: { readonly type: string; readonly name: string }): void;
  text(piece: string): void;
  json(piece: string): void;
};

/** The call whose `answer` people read. */
const replyTool = "reply";

export function createTextSink(onText: (soFar: string) => void): TextSink {
  let written = "";
  let shown = "";
  let answer: ((piece: string) => string) | null = null;
  const show = (text: string): void => {
    if (text.length <= shown.length) return;
    shown = text;
    onText(shown);
  };
  return {
    began: ({ type, name }) => {
      written = shown;
      answer = type === "tool_use" && name === replyTool ? createAnswerText() : null;
    },
    text: (piece) => show(shown + piece),
    json: (piece) => {
      const soFar = answer?.(piece) ?? "";
      if (soFar !== "") show(written === "" ? soFar : `${written}\n\n${soFar}`);
    },
  };
}
