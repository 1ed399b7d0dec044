// `/nova board`: everything in progress as one message, for one person's eyes where others read along and the platform
// can. In a home that a platform keeps on show, the same board is drawn in place instead.
import { boardText } from "../board/board-text.ts";
import { isHome } from "../board/homes.ts";
import { say } from "../post.ts";
import { answered } from "../work/spoken.ts";
import type { Verb } from "./verb.ts";

export const boardVerb: Verb = {
  name: "board",
  summary: "Everything in progress",
  usage: "board",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, deps) => {
    const { thread, account, direct } = task.message;
    if (isHome(thread)) {
      await deps.homes.open({ account, thread, openedAt: task.message.at });
      return answered(task);
    }
    const { board, offers } = await deps.homes.source(task);
    const only = direct ? null : account.id;
    return answered(task, say(boardText(board), { board, offers, only, kind: "notice" }));
  },
};
