// The `answer` of a reply that is still being written. A reply arrives as pieces of JSON; people should see the
// words grow, so this reads just that one top-level string, once over each character.

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  "/": "/",
  "\\": "\\",
  '"': '"',
};
const wantedField = "answer";

type State = {
  depth: number;
  isKey: boolean;
  isString: boolean;
  /** An escape that is not complete yet, with its backslash. */
  escape: string;
  /** The top-level key being read, and the last one that was. */
  reading: string;
  key: string;
  answer: string;
};

/** Feeds on pieces of JSON text and returns the answer so far: "" until it begins. Malformed JSON just stops growing. */
export function createAnswerText(): (piece: string) => string {
  const state: State = {
    depth: 0,
    isKey: true,
    isString: false,
    escape: "",
    reading: "",
    key: "",
    answer: "",
  };
  return (piece) => {
    for (const character of piece) {
      if (state.isString) readInside(state, character);
      else readOutside(state, character);
    }
    // Half of a surrogate pair is not a character yet.
    return state.answer.isWellFormed() ? state.answer : state.answer.slice(0, -1).toWellFormed();
  };
}

function readOutside(state: State, character: string): void {
  if (character === '"') {
    state.isString = true;
    state.reading = "";
  } else if (character === "{" || character === "[") state.depth += 1;
  else if (character === "}" || character === "]") state.depth -= 1;
  else if (state.depth === 1 && character === ":") state.isKey = false;
  else if (state.depth === 1 && character === ",") state.isKey = true;
}

function readInside(state: State, character: string): void {
  if (state.escape !== "") {
    state.escape += character;
    const decoded = decode(state.escape);
    if (decoded === null) return;
    state.escape = "";
    take(state, decoded);
  } else if (character === "\\") state.escape = character;
  else if (character === '"') {
    state.isString = false;
    if (state.depth === 1 && state.isKey) state.key = state.reading;
  } else take(state, character);
}

function take(state: State, characters: string): void {
  if (state.depth !== 1) return;
  if (state.isKey) state.reading += characters;
  else if (state.key === wantedField) state.answer += characters;
}

/** The character that an escape stands for; null while it is incomplete. */
function decode(escape: string): string | null {
  if (escape[1] !== "u") return escapes[escape[1] ?? ""] ?? "";
  if (escape.length < 6) return null;
  const code = Number.parseInt(escape.slice(2), 16);
  return Number.isNaN(code) ? "" : String.fromCharCode(code);
}
