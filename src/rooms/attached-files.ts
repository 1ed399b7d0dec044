// What came with a message, opened when it is worked on: fetched through its surface, read within limits, and shown to
// the agent as foreign data. What can't be opened is said in one sentence, and the rest of the message is still answered.
import { raceSignal, withDeadline } from "../deadline.ts";
import { toFileName } from "../files/file-names.ts";
import type { FileRef } from "../body.ts";
import type { Assigned, Attached, Message } from "../message.ts";
import type { PackItem } from "../pack.ts";
import type { ChatAdapter, Clock, FileContent, FileReader, Journal, ModelImage } from "../ports.ts";
import { quoteFile, tokensFor, tokensOf } from "../files/quoted-file.ts";

export type AttachedFilesDeps = {
  readonly journal: Journal;
  readonly files: FileReader;
  readonly clock: Clock;
  readonly adapterOf: (thread: Message["thread"]) => ChatAdapter | null;
};
export type Opened = {
  readonly items: readonly PackItem[];
  readonly tokens: number;
  readonly attached: Attached;
  /** The message had no words of its own: with nothing opened there is nothing to work on. */
  readonly isWordless: boolean;
};

const mostFiles = 5;
const mostBytes = 10 * 1024 * 1024;
const fetchLimitMs = 20_000;
/** On top of the pack's own budget, and shared by all files of a message. */
const maxTokens = 8_000;

/** Null: nothing came with the message. */
export async function openAttached(deps: AttachedFilesDeps, turn: Assigned): Promise<Opened | null> {
  const message = await sourceOf(deps, turn);
  if (message?.body.kind !== "text") return null;
  const { files = [], text } = message.body;
  if (files.length === 0) return null;
  const read = await Promise.all(
    files.slice(0, mostFiles).map(async (file) => ({ file, content: await openFile(deps, message, file) })),
  );
  const shares = sharesOf(read.map(({ content }) => content));
  const notes: string[] = [];
  const items: PackItem[] = [];
  const images: ModelImage[] = [];
  for (const [index, { file, content }] of read.entries()) {
    const name = toFileName(file);
    if (content.kind === "refused") notes.push(`“${name}” ${content.why}`);
    else {
      const quoted = quoteFile(content, shares[index] ?? 0);
      items.push({
        id: `file:${index + 1}`,
        source: `attached file ${name} (${quoted.what})`,
        at: message.at,
        label: "unverified",
        text: quoted.text,
      });
      if (quoted.left !== null) notes.push(`Of “${name}” ${quoted.left}`);
      if (content.kind === "image") images.push({ ...content.image, name });
    }
  }
  if (files.length > mostFiles)
    notes.push(
      `I open at most ${mostFiles} files of one message; send the other ${files.length - mostFiles} by themselves.`,
    );
  const tokens = items.reduce((sum, { text: quoted }) => sum + tokensOf(quoted), 0);
  return { items, tokens, attached: { images, notes }, isWordless: text.trim() === "" };
}

/** The message whose words are worked on: this one, or the one that a press or a choice runs again. */
async function sourceOf({ journal }: AttachedFilesDeps, turn: Assigned): Promise<Message | null> {
  const origin = originOf(turn);
  if (origin === turn.id) return turn.message;
  return (await journal.turn(origin))?.message ?? null;
}

function originOf({ id, assignment, button }: Assigned): string {
  if (assignment.kind === "agent") return assignment.origin;
  const action = button?.action;
  return action?.kind === "choose" || action?.kind === "retry" ? action.turn : id;
}

async function openFile(deps: AttachedFilesDeps, { thread }: Message, file: FileRef): Promise<FileContent> {
  const adapter = deps.adapterOf(thread);
  if (adapter?.fetchFile === undefined)
    return refused("can't be fetched here; paste its text into a message.");
  if ((file.sizeBytes ?? 0) > mostBytes) return refused(tooBig);
  try {
    const fetched = await withDeadline({ clock: deps.clock, afterMs: fetchLimitMs }, async (signal) =>
      raceSignal(
        signal,
        adapter.fetchFile?.(file, { maxBytes: mostBytes, signal }) ?? Promise.reject(signal.reason),
      ),
    );
    if (fetched.kind === "refused") return refused(fetched.why);
    return await deps.files.read({ name: file.name, type: file.type, bytes: fetched.bytes });
  } catch {
    return refused("did not arrive in time; send it again.");
  }
}

const tooBig = "is larger than 10 MB; send the part that matters.";
const refused = (why: string): FileContent => ({ kind: "refused", why });

/** How many tokens each file may take: what a small one does not need is left to the larger ones. */
function sharesOf(contents: readonly FileContent[]): readonly number[] {
  const needs = contents.map((content) => (content.kind === "refused" ? 0 : tokensFor(content)));
  const shares = needs.map(() => 0);
  let left = maxTokens;
  let open = needs.map((need, index) => ({ need, index }));
  for (const [at, { need, index }] of open.toSorted((a, b) => a.need - b.need).entries()) {
    const share = Math.min(need, Math.floor(left / (open.length - at)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
