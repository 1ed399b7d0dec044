// What a surface may ask while somebody is still typing: names to choose from, and the form of a pipeline. Nothing here
// is a message: nothing is kept, nothing is decided, and what was filled in goes the way of every command.
import type { ChannelId, ThreadId } from "../ids.ts";
import type { Account } from "../message.ts";
import type { PostField } from "../post.ts";

/** Who is typing, and where; from the platform's event. */
export type Asker = {
  readonly account: Account;
  readonly channel: ChannelId;
  readonly thread: ThreadId;
  readonly direct: boolean;
};

/** What a verb's option may be completed from. */
export type Suggests = "agents" | "pipelines" | "runs" | "proposals" | "facts";
export type Suggestion = { readonly value: string; readonly label: string };

/** One field of a form. `text` fits a line, `paragraph` does not. */
export type FormField = {
  readonly key: string;
  readonly label: string;
  readonly hint: string | null;
  readonly kind: "text" | "paragraph" | "select" | "date" | "number";
  /** Of a `select`; empty otherwise. */
  readonly options: readonly Suggestion[];
  readonly isRequired: boolean;
  /** Characters; null: as many as the platform takes. */
  readonly maxLength: number | null;
};
export type Form = {
  /** Id of the pipeline that it starts. */
  readonly pipeline: string;
  readonly title: string;
  /** One to five. */
  readonly fields: readonly FormField[];
};
/** As typed or chosen, by field; null or absent: left empty. */
export type FormValues = Readonly<Record<string, string | null>>;
export type Judged =
  /** `rest` of the command `run` that starts it. */
  | { readonly kind: "sound"; readonly rest: string }
  /** One sentence per field that is wrong; `rest` repeats what was typed, so that nothing has to be typed again. */
  | {
      readonly kind: "wrong";
      readonly problems: readonly { readonly field: string; readonly why: string }[];
      readonly rest: string;
    };

/** The fields behind a card's "Edit…", with what they hold now. */
export type EditDialog = { readonly title: string; readonly fields: readonly PostField[] };

export interface Desk {
  /** Null: this button opens no dialog for whoever pressed, or none any more; press it as it is. Never rejects and never lasts. */
  edit?(by: Account, nonce: string): Promise<EditDialog | null>;
  /** At most 25, only what this person may see in this place. Never rejects and never lasts: empty when unsure. */
  suggest(
    asker: Asker,
    asked: { readonly from: Suggests; readonly typed: string },
  ): Promise<readonly Suggestion[]>;
  /** The form of a pipeline that was called without inputs; null: there is none for this person in this place. */
  form(asker: Asker, command: { readonly verb: string; readonly rest: string }): Form | null;
  /** Judges what was filled in by the pipeline's own schema. */
  judge(pipeline: string, values: FormValues): Judged;
}
