// What a text says, once its Markdown has been read: blocks of spans. Every surface draws from this and from nothing
// else, so no character of a model, a person or a record can become markup on any of them.

/** A text span holds words and line breaks (`\n`) only; whatever looks like markup in it is just that: letters. */
export type Span =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly spans: Spans }
  | { readonly kind: "code"; readonly text: string }
  | Link;
/** `label`: plain words that pretend to be no other place; null: the address speaks for itself. See `labelOf`. */
export type Link = {
  readonly kind: "link";
  readonly label: string | null;
  readonly host: string;
  readonly url: string;
};
export type Spans = readonly Span[];

export type Align = "left" | "center" | "right";
export type Table = {
  readonly kind: "table";
  readonly header: readonly Spans[];
  readonly align: readonly Align[];
  /** Every row has as many cells as the header. */
  readonly rows: readonly (readonly Spans[])[];
};
export type List = {
  readonly kind: "list";
  /** Number of the first item; null: bullets. */
  readonly start: number | null;
  readonly items: readonly Document[];
};
export type Block =
  | { readonly kind: "paragraph"; readonly spans: Spans }
  | { readonly kind: "heading"; readonly level: number; readonly spans: Spans }
  | { readonly kind: "code"; readonly language: string | null; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: Document }
  | { readonly kind: "rule" }
  | List
  | Table;
export type Document = readonly Block[];
