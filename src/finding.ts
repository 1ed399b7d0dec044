// One thing that `check` looked at: what it is, and either what was found or what is wrong with the mend.
export type Finding = { readonly what: string; readonly problem: string | null; readonly detail: string };

export const fine = (what: string, detail: string): Finding => ({ what, problem: null, detail });
export const wrong = (what: string, problem: string): Finding => ({ what, problem, detail: "" });

/** "a", "a and b", "a, b and c". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
