// When somebody wants Nova to stop: the verb without a run, or the bare word, on every surface.
import type { Message } from "../message.ts";

const bareWord = /^(?:@?nova[,:]?\s+)?\/?stop[.!]*$/iu;

export const isStopWord = (text: string): boolean => bareWord.test(text.trim().replace(/^\/nova\s+/iu, ""));

export function isStop({ body }: Pick<Message, "body">): boolean {
  if (body.kind === "command") return body.verb.toLowerCase() === "stop" && body.rest.trim() === "";
  return body.kind === "text" && isStopWord(body.text);
}
