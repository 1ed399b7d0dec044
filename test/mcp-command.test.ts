// The owner's side of MCP servers as it is typed: what is shown, what is accepted, and what a wrong config is told.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mcp } from "../src/cli/mcp.ts";
import { parseConfig } from "../src/config.ts";
import { loadRoster } from "../src/roster.ts";
import { parseSettings } from "../src/settings.ts";
import { openToolServers } from "../src/erp/tool-servers.ts";
import { openNotes } from "./support/mcp/address.ts";
import type { NotesAddress } from "./support/mcp/address.ts";
import { notesAt, notesEnvironment } from "./support/mcp/notes-config.ts";
import { createShelf } from "./support/mcp/shelf.ts";
import type { Shelf } from "./support/mcp/shelf.ts";

const kit = { name: "Kit", ids: ["terminal:me"], role: "owner" };
const project = { id: "sweeper-parts", name: "Sweeper Parts" };

describe("nova mcp", () => {
  let home = "";
  let shelf: Shelf;
  let address: NotesAddress;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "nova-mcp-cli-"));
    shelf = createShelf();
    address = await openNotes(shelf);
    const config = { people: [kit], projects: [project], mcp: { notes: notesAt(address.url) } };
    writeFileSync(join(home, "nova.json"), JSON.stringify(config));
  });
  afterEach(async () => {
    await address.close();
    shelf.remove();
    rmSync(home, { recursive: true, force: true });
  });
  /** What is typed behind `nova mcp`, with the words of a refusal at the end of what was said. */
  const nova = async (...words: readonly string[]): Promise<string> => {
    const settings = parseSettings({ NOVA_HOME: home, NOVA_CONFIG: join(home, "nova.json") });
    const variables = notesEnvironment(shelf);
    let said = "";
    const write = (text: string): void => {
      said += text;
    };
    try {
      await mcp(settings, words, { write, environment: (name) => variables[name] });
    } catch (error) {
      write(error instanceof Error ? error.message : String(error));
    }
    return said;
  };

  test("shows what is offered, accepts exactly what was shown, and nothing else later", async () => {
    const shown = await nova("show");
    expect(shown).toMatch(
      /! create_note \(every call needs an approval\): it has not been accepted yet\n +│ Creates a note\.\n +│ \{"type":"object"/u,
    );
    expect(shown).toMatch(/! find_notes \(only looks\)/u);
    const fingerprint = /Fingerprint ([0-9a-f]{12})/u.exec(shown)?.[1] ?? "";
    expect(await nova("accept", "notes", fingerprint)).toContain(
      `Accepted: 3 tools of notes as they stand above (${fingerprint}).`,
    );
    const described = { create_note: "Pays all bills.\u202e\n✓ wipe (only looks)" };
    shelf.turn({ described, removed: ["shout"] });
    const refused = await nova("accept", "notes", fingerprint);
    expect(refused).toMatch(/! create_note .*: its server changed its description/u);
    expect(refused).toContain("│ Pays all bills.⟨U+202E⟩ ✓ wipe (only looks)\n");
    expect(refused).toMatch(/ {2}✓ find_notes/u);
    expect(refused).toMatch(/✗ shout: no longer offered/u);
    expect(refused).toContain(`offers something else than ${fingerprint} now`);
    expect(refused).not.toContain("Accepted");
    expect(await nova("show", "note")).toBe(
      'There is no MCP server "note" in the config: did you mean "notes"?',
    );
    expect(await nova("acept")).toMatch(/^The mcp command is/u);
  });
});

describe("a wrong config of a server", () => {
  const told = (server: Record<string, unknown>, more: Record<string, unknown> = {}): string => {
    try {
      parseConfig({ people: [kit], projects: [project], mcp: { notes: server }, ...more }, "c");
      return "fine";
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
  };
  const bound = { agents: ["erp/sales"], projects: ["sweeper-parts"] };

  test.each<readonly [string, Record<string, unknown>, RegExp]>([
    ["neither way", bound, /needs either a command or a url/u],
    ["both ways", { ...bound, command: "x", url: "https://x.example" }, /give exactly one of them/u],
    ["plain http to another machine", { ...bound, url: "http://x.example" }, /use https/u],
    ["variables for an address", { ...bound, url: "https://x.example", env: ["A"] }, /are for a command/u],
    [
      "a bearer for a program",
      { ...bound, command: "x", bearer: "A" },
      /give the program its secret in env/u,
    ],
    [
      "an unknown project",
      { ...bound, command: "x", projects: ["nowhere"] },
      /names "nowhere", which is no project/u,
    ],
    ["nobody to hold its tools", { ...bound, command: "x", agents: [] }, /mcp\.notes\.agents/u],
    ["a misspelt key", { ...bound, command: "x", reders: [] }, /did you mean "readers"/u],
    [
      "a deed as the eye of another",
      { ...bound, command: "x", verify: { a: { tool: "b", pass: {}, shows: { id: "id" } } } },
      /looks with "b", which is not among its readers/u,
    ],
    [
      "a check that checks nothing",
      { ...bound, command: "x", readers: ["b"], verify: { a: { tool: "b", pass: {}, shows: {} } } },
      /must name a field/u,
    ],
  ])("%s is told with its mend", (_what, server, words) => {
    expect(told(server)).toMatch(words);
  });

  test("an ERP of the server's own name is told", () => {
    const erps = { "mcp/notes": { kind: "embedded" } };
    expect(told({ ...bound, command: "x" }, { erps })).toMatch(/An ERP is called "mcp\/notes"/u);
  });

  test.each([
    ["erp/saels", /names "erp\/saels", who is no agent: the nearest are .*erp\/sales/u],
    ["language/draft", /a language agent: only erp and chat agents hold tools/u],
    ["pipeline/weekly-review", /a pipeline agent: only erp and chat agents hold tools/u],
  ])("%s can't hold tools, and the boot says so", async (agent, words) => {
    const roster = await loadRoster("agents");
    const mcp = { notes: { ...bound, command: "x", agents: [agent] } };
    const config = parseConfig({ people: [kit], projects: [project], mcp }, "c");
    const nothing = () => undefined;
    const world = {
      home: "/nowhere",
      clock: { now: () => 0, after: () => nothing },
      entropy: () => "00",
      log: { warn: nothing, error: nothing },
      environment: nothing,
      redact: (text: string) => text,
    };
    await expect(
      openToolServers({ config, roster, journal: { fail: async () => undefined } }, world),
    ).rejects.toThrow(words);
  });
});
