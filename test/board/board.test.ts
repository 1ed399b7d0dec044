// The board itself: what it says of what it was given, and what it never does with words of others.
import { describe, expect, test } from "vitest";
import { drawBoard, emptyBoard, stuckAfterMs } from "../../src/board/board.ts";
import type { BoardGiven } from "../../src/board/board.ts";
import { boardText } from "../../src/board/board-text.ts";
import { ProjectId } from "../../src/ids.ts";
import type { RunRow } from "../../src/ports.ts";
import { drawBoard as drawForDiscord } from "../../adapters/discord/board.ts";
import { drawBoard as drawForSlack } from "../../adapters/slack/board.ts";
import { project, proposalOf } from "../support/journal-samples.ts";

const at = Date.UTC(2026, 10, 21, 14, 3);
const kit = { name: "Kit", class: "owner", accounts: ["discord:1001"] } as const;
const bare: BoardGiven = {
  at,
  person: kit,
  projects: [{ id: project, name: "Sweeper Parts" }],
  proposals: [],
  places: [],
  runs: [],
  failures: [],
  questions: [],
  spent: { total: 3.5, own: 1.25 },
  connections: [{ surface: "discord", state: "ready", detail: "connected" }],
};
const run: RunRow = {
  id: "r1",
  agent: "pipeline/weekly-review",
  version: 1,
  project,
  thread: "discord:2001:2001",
  requester: "Kit",
  requesterAccount: "discord:1001",
  input: {},
  state: "running",
  steps: [
    { name: "read stock", state: "done", at: at - 120_000, detail: "" },
    { name: "summarise", state: "running", at: at - 60_000, detail: "" },
  ],
  startedAt: at - 180_000,
  detail: "",
};
const waiting = {
  ...proposalOf("p-1"),
  state: "pending",
  expiresAt: at + 3_600_000,
  decidedBy: [],
  decidedAt: null,
  reason: null,
  outcomeDetail: null,
} as const;
const rowsOf = (given: Partial<BoardGiven>, title: string) =>
  drawBoard({ ...bare, ...given }).parts.find((part) => part.title === title)?.rows ?? [];

describe("the board", () => {
  test("says how fresh each part is, and what has nothing to show", () => {
    const { parts } = drawBoard({ ...bare, runs: [run] });
    expect(parts.map(({ title, freshness }) => `${title}: ${freshness}`)).toEqual([
      "Waiting for a decision: read from the journal 14:03 UTC",
      "Pipelines: read from the journal 14:03 UTC, last change 14:02 UTC",
      "Open questions: read from the journal 14:03 UTC",
      "Failed lately: read from the journal 14:03 UTC",
      "Spent today: since midnight UTC, counted 14:03 UTC",
      "Connections: as each says of itself, 14:03 UTC",
    ]);
    expect(boardText(drawBoard(bare))).toMatch(/Waiting for a decision[^\n]*\n- Nothing waits\./u);
  });

  test("tells a run that works from one that waits and one that is stuck", () => {
    const silent = { ...run, steps: [], startedAt: at - stuckAfterMs - 1 };
    const rows = rowsOf({ runs: [run, { ...silent, state: "waiting" }, silent] }, "Pipelines");
    expect(rows.map(({ mark }) => mark)).toEqual(["runs", "waits", "stuck"]);
    expect(rows[0]?.text).toBe(
      "Sweeper Parts: pipeline/weekly-review (r1): running, 1 step done, now summarise",
    );
    expect(rows[2]?.text).toMatch(/stuck, no sign of life since 13:52 UTC/u);
  });

  test("goes project by project, and ends with what belongs to none", () => {
    const other = ProjectId.parse("office");
    const projects = [{ id: other, name: "Office" }, ...bare.projects];
    const runs = [{ ...run, project: null }, run, { ...run, project: other }, run];
    const rows = drawBoard({ ...bare, projects, runs }).parts[1]?.rows ?? [];
    expect(rows.map(({ text }) => text.split(": ")[0])).toEqual([
      "Office",
      "Sweeper Parts",
      "Sweeper Parts",
      "pipeline/weekly-review (r1)",
    ]);
  });

  test("links a card where its platform has an address", () => {
    const place = { proposal: "p-1", thread: "discord:2001:2001", platformId: "2001/9" } as const;
    const link = "https://discord.com/channels/3001/2001/9";
    const rows = rowsOf({ proposals: [waiting], places: [{ ...place, link }] }, "Waiting for a decision");
    expect(rows).toMatchObject([{ mark: "waits", link }]);
    expect(rows[0]?.text).toMatch(/waits for Kit or Ada, until 15:03 UTC/u);
    expect(rowsOf({ proposals: [waiting] }, "Waiting for a decision")).toMatchObject([{ link: null }]);
  });

  test("shows the sum to the owner, and to everybody else their own", () => {
    expect(rowsOf({}, "Spent today")[0]?.text).toBe("$3.50 in all, $1.25 of it yours");
    const maya = { ...kit, name: "Maya", class: "member" } as const;
    expect(rowsOf({ person: maya }, "Spent today")[0]?.text).toBe("$1.25 yours");
  });

  test("counts what it leaves out", () => {
    const board = drawBoard({
      ...bare,
      runs: Array.from({ length: 30 }, (_, at) => ({ ...run, id: `r${at}` })),
    });
    expect(board.parts[1]).toMatchObject({ more: 22 });
    expect(boardText(board)).toMatch(/… and 22 more/u);
  });

  test("is empty and honest for a guest", () => {
    const guest = { name: "discord:9", class: "guest", accounts: [] } as const;
    expect(emptyBoard(at, guest).parts).toEqual([]);
    expect(emptyBoard(at, guest).note).toMatch(/You are a guest here/u);
    expect(emptyBoard(at, { ...guest, listedAs: "Maya" }).note).toMatch(/listed as Maya/u);
  });
});

describe("words of others on a board", () => {
  const hostile = "[pay](https://evil.example) <!channel> <@U1> @everyone **now** `x` ~y~\n# big";
  const failure = { id: "f1", turn: null, thread: null, kind: "unexpected", operator: "", project } as const;
  const board = drawBoard({ ...bare, failures: [{ ...failure, person: hostile.repeat(9), at }] });

  test("are plain in text", () => {
    expect(boardText(board)).not.toMatch(/\]\(https|`|~y|^#/mu);
  });
  test("are inert on Slack", () => {
    expect(JSON.stringify(drawForSlack(board))).not.toMatch(/<[!@h]/u);
  });
  test("are inert on Discord, and fit one message however many there are", () => {
    const failures = Array.from({ length: 8 }, () => ({ ...failure, person: "*_[]`|".repeat(60), at }));
    const { description = "" } = drawForDiscord(board);
    expect(description).not.toMatch(/(?<!\\)\[pay|<@U|@everyone/u);
    const full = drawForDiscord(drawBoard({ ...bare, failures, runs: Array.from({ length: 9 }, () => run) }));
    expect(full.description?.length).toBeLessThanOrEqual(4_096);
    expect(full.description).toMatch(/… and \d+ more/u);
  });
});
