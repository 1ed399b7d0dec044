// Where the audit chain ends, kept in a file beside the database: rows that were cut off and a database that was put back
// to an earlier state are missed there. Two lines that take turns, each sealed with the audit key, so that a write which
// a power cut tears leaves the other; written after each commit, so that it never names a row that is not durable.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { anchor, anchored, chainStart } from "./audit.ts";
import type { Audit, ChainPlace } from "./audit.ts";
import type { Store } from "./store.ts";

export interface AuditHead {
  /** After a commit: follows the chain to its end. Stays where it is when the chain no longer holds what it names. */
  readonly follow: () => void;
  /** Why the chain is not the one whose end was kept; null: it is. */
  readonly fault: () => string | null;
  /** Somebody has judged the chain as it is: its end is the one to keep from here on. */
  readonly accept: () => void;
  readonly close: () => void;
}

const seqDigits = 15;
const macDigits = 64;
const lineBytes = seqDigits + 1 + macDigits + 1 + macDigits + 1;
/** Beside the key. */
const fileName = "audit.head";

/** Opens the file, or makes it for a chain that has none yet. */
export function openAuditHead(file: string, store: Store, audit: Audit): AuditHead {
  const isNew = !existsSync(file);
  const head = new KeptHead(file, isNew, audit);
  // A chain from before the file says from now on that it has one: to lose it is no way back.
  if (head.fault() === null && audit.end().seq > 0 && !audit.isAnchored()) {
    store.exec("BEGIN IMMEDIATE");
    audit.append({ kind: anchored, subject: anchor, body: "{}" });
    store.exec("COMMIT");
    head.follow();
  }
  return head;
}

class KeptHead implements AuditHead {
  readonly #audit: Audit;
  readonly #handle: number;
  #kept: ChainPlace = chainStart;
  #lost: string | null = null;
  #unwritten: string | null = null;
  /** The line to write next: never the one that names the newest place. */
  #turn = 0;
  #seen: number;

  constructor(file: string, isNew: boolean, audit: Audit) {
    this.#audit = audit;
    this.#handle = openSync(file, isNew ? "w+" : "r+", 0o600);
    this.#seen = audit.appends();
    const [newest] = readLines(file, audit).toSorted((left, right) => right.seq - left.seq);
    if (newest !== undefined) {
      this.#kept = newest;
      this.#turn = 1 - newest.line;
    } else {
      this.#lost = lostWords(isNew, audit);
      if (this.#lost === null) this.accept();
    }
  }

  fault = (): string | null => this.#foreign() ?? this.#unwritten;

  follow = (): void => {
    if (this.#audit.appends() === this.#seen) return;
    try {
      if (this.#foreign() === null) this.#keep(this.#audit.end());
      this.#seen = this.#audit.appends();
    } catch (error) {
      // The commit stands; until the file can be written again the chain counts as unproven.
      const why = error instanceof Error ? error.message : String(error);
      this.#unwritten = `its end can't be written to ${fileName} (${why})`;
    }
  };

  accept = (): void => {
    this.#lost = null;
    // Both lines: what they named before is no longer to be believed.
    this.#keep(this.#audit.end());
    this.#keep(this.#audit.end());
  };

  close = (): void => {
    closeSync(this.#handle);
  };

  #keep(place: ChainPlace): void {
    writeSync(this.#handle, toLine(place, this.#audit), this.#turn * lineBytes);
    this.#turn = 1 - this.#turn;
    this.#kept = place;
    this.#unwritten = null;
  }

  #foreign(): string | null {
    const { seq, mac } = this.#kept;
    const found = this.#audit.sealAt(seq);
    if (this.#lost !== null || found === mac) return this.#lost;
    return found === null
      ? `the last rows were cut off or an older file was put back: row ${seq} was there before`
      : `another history was put in its place: row ${seq} is not the one that was there before`;
  }
}

/** Null: nothing is lost, the chain never had its end kept. */
function lostWords(isNew: boolean, audit: Audit): string | null {
  if (!isNew) return `the file ${fileName}, which keeps its end, was changed outside Nova`;
  return audit.isAnchored() ? `the file ${fileName}, which keeps its end, is missing` : null;
}

const toLine = ({ seq, mac }: ChainPlace, audit: Audit): string =>
  `${String(seq).padStart(seqDigits, "0")} ${mac} ${audit.seal(["head", seq, mac])}\n`;

function readLines(file: string, audit: Audit): readonly (ChainPlace & { readonly line: number })[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((text, line) => {
      const { seq, mac, mark } =
        /^(?<seq>\d{15}) (?<mac>[0-9a-f]{64}) (?<mark>[0-9a-f]{64})$/u.exec(text)?.groups ?? {};
      if (seq === undefined || mac === undefined) return [];
      const place = { seq: Number(seq), mac, line };
      return mark === audit.seal(["head", place.seq, mac]) ? [place] : [];
    });
}
