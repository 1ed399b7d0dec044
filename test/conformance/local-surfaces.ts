// The terminal and the page as surfaces: one person, no platform between, and so little that can go wrong on the way.
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { missing, watchAdapter } from "./surface.ts";
import type { Surface } from "./surface.ts";

const alone = {
  people: "one person sits here",
  threads: "everything said here is one conversation",
  bots: "nothing that Nova writes comes back in here, and no bot can write",
  edits: "what was sent stands as it was sent",
  acknowledgement: "nothing is delivered that would have to be acknowledged apart from its answer",
  limits: "nobody limits what is shown here",
  history: "nothing can be said here while Nova is away",
} as const;

export function terminalSurface(): Surface {
  const door = terminalDoor();
  const printed = async (): Promise<string> => (await door.seen()).join("\n");
  return {
    ...door,
    ...missing("the terminal"),
    ...watchAdapter(async (world) => door.open(world)),
    lacks: {
      ...alone,
      redelivery: "a line is typed once",
      connection: "a pipe is open or closed",
      wire: "a line is printed or it is not",
      lateness: "lines come in the order in which they were typed",
      forgery: "a decision is typed with its id, not pressed",
    },
    saysIn: async (_topic, text) => door.says(text),
    said: async () => [{ words: await printed(), files: [], answers: null, pinged: [] }],
    asked: () => "",
    tally: async (words) => (await printed()).split(words).length - 1,
    whispered: () => [],
    bait: ["\u001B[2J\u001B[31mred", "\u202Eevil\u202C", "\u0007bell"],
  };
}

export function webSurface(): Surface {
  const door = webDoor();
  const ours = async (): Promise<readonly string[]> =>
    (await door.seen()).filter((article) => !article.startsWith("You "));
  return {
    ...door,
    ...missing("the page"),
    ...watchAdapter(async (world) => door.open(world)),
    says: async (text) => door.says(text),
    saysIn: async (_topic, text) => door.says(text),
    lacks: {
      ...alone,
      connection: "every request stands by itself",
      wire: "a post is on the page or it is not: nothing is sent",
      lateness: "the page waits until a message was taken",
      forgery: "a button that is not on the page is refused before Nova hears of it",
    },
    said: async () => (await ours()).map((words) => ({ words, files: [], answers: null, pinged: [] })),
    asked: () => "",
    tally: async (words) => (await ours()).filter((article) => words.test(article)).length,
    whispered: () => [],
    stutter: (copies) => door.stutter(copies),
    repeat: async () => door.repeat(),
    bait: [
      "<script>alert(1)</script>",
      '<img src="https://evil.example/a.png" onerror="alert(1)">',
      '<button name="nonce" value="nova1.0">Approve</button>',
      "[Approve](javascript:alert(1)) ![a picture](https://evil.example/a.png)",
    ],
  };
}
