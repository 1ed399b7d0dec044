// `nova erp`: a look into an ERP from the terminal, as tables, and its journal for other bookkeeping programs.
// It only asks; what changes an ERP is proposed in a conversation and approved there.
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { loadConfig } from "../config.ts";
import { openErps } from "../erp/erps.ts";
import { createLog } from "../log.ts";
import { nearestNames } from "../nearest.ts";
import type { ErpPage, ErpQuery, ErpReader, ErpRow } from "../ports.ts";
import type { Settings } from "../settings.ts";
import { toHledger } from "./hledger.ts";
import { WrongUse } from "./wrong-use.ts";

const shown = 40;
const all = 100_000;

type Asked = { readonly text: string | null; readonly limit: number };
const questions: Readonly<Record<string, (asked: Asked) => ErpQuery>> = {
  stock: (asked) => ({ kind: "stock", ...asked }),
  items: (asked) => ({ kind: "items", ...asked }),
  customers: (asked) => ({ kind: "parties", role: "customer", ...asked }),
  suppliers: (asked) => ({ kind: "parties", role: "supplier", ...asked }),
  quotes: (asked) => ({ kind: "documents", of: "quote", state: null, ...asked }),
  orders: (asked) => ({ kind: "orders", state: null, ...asked }),
  invoices: (asked) => ({ kind: "invoices", overdueOn: null, ...asked }),
  payments: (asked) => ({ kind: "documents", of: "payment", state: null, ...asked }),
  credits: (asked) => ({ kind: "documents", of: "credit", state: null, ...asked }),
  requests: (asked) => ({ kind: "documents", of: "request", state: null, ...asked }),
  purchases: (asked) => ({ kind: "documents", of: "purchase", state: null, ...asked }),
  bills: (asked) => ({ kind: "bills", overdueOn: null, ...asked }),
  ledger: ({ limit }) => ({ kind: "ledger", limit }),
  journal: ({ limit }) => ({ kind: "entries", limit }),
};

export async function showErp(settings: Settings, words: readonly string[]): Promise<number> {
  const { what, text, erpName, isHledger } = parseWords(words);
  const config = await loadConfig(settings.NOVA_CONFIG);
  const { clock } = systemWorld(createLog(settings, false));
  const surroundings = { folder: settings.NOVA_HOME, clock, environment: process.env };
  const erps = await openErps(config, surroundings);
  try {
    const erp = erps.get(erpName ?? [...erps.keys()][0] ?? "");
    if (erp === undefined)
      throw new BootError(
        `There is no ERP "${erpName ?? ""}" in the config; there are: ${[...erps.keys()].join(", ") || "none"}.`,
      );
    process.stdout.write(isHledger ? await journalOf(erp) : await tableOf(erp, what, text));
    return 0;
  } finally {
    for (const erp of erps.values()) await erp.close();
  }
}

function parseWords(words: readonly string[]) {
  const at = words.indexOf("--erp");
  const rest = words.filter(
    (word, index) => word !== "--hledger" && (at === -1 || (index !== at && index !== at + 1)),
  );
  const [what = "stock", ...text] = rest;
  if (questions[what] === undefined) {
    const [near] = nearestNames(what, Object.keys(questions), 1);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    throw new WrongUse(`"${what}" can't be shown.${hint} There are: ${Object.keys(questions).join(", ")}.`);
  }
  return {
    what,
    text: text.length === 0 ? null : text.join(" "),
    erpName: at === -1 ? null : (words[at + 1] ?? ""),
    isHledger: words.includes("--hledger"),
  };
}

async function journalOf(erp: ErpReader): Promise<string> {
  const { rows } = await erp.query({ kind: "entries", limit: all });
  return toHledger(rows);
}

async function tableOf(erp: ErpReader, what: string, text: string | null): Promise<string> {
  const query = questions[what]?.({ text, limit: shown });
  if (query === undefined) throw new BootError(`"${what}" can't be shown.`);
  return toTable(await erp.query(query));
}

function toTable({ rows, total }: ErpPage): string {
  const [first] = rows;
  if (first === undefined) return "Nothing fits.\n";
  const columns = Object.keys(first).filter((name) => rows.some((row) => (row[name] ?? "") !== ""));
  const heads = columns.map((name) => headOf(name));
  const cells = rows.map((row) => columns.map((name) => cellOf(row, name)));
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...cells.map((line) => (line[at] ?? "").length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((cell, at) =>
        isNumber(columns[at] ?? "") ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const rest = total > rows.length ? `\n… ${total - rows.length} more; add words to narrow it.` : "";
  return `${[line(heads), line(widths.map((width) => "─".repeat(width))), ...cells.map(line)].join("\n")}${rest}\n`;
}

const isNumber = (name: string): boolean => /(?:Cents|Thousandths|Days|daysOverdue|rev|line)$/u.test(name);
const headOf = (name: string): string => name.replace(/(?:Cents|Thousandths)$/u, "");

/** Amounts and quantities as decimals: exact, no float in between. */
function cellOf(row: ErpRow, name: string): string {
  const value = row[name] ?? "";
  if (typeof value === "number" && name.endsWith("Cents")) return decimals(value, 2);
  if (typeof value === "number" && name.endsWith("Thousandths"))
    return decimals(value, 3).replace(/\.?0+$/u, "");
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
}

function decimals(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
