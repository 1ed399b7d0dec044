// Who somebody is: by the platform's account and the config, and never more than the platform itself vouches for.
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { NovaFailure, toFailure } from "../../src/failures.ts";
import type { Account } from "../../src/message.ts";
import { createDirectory, lowerOf, outsiderWords } from "../../src/people.ts";
import type { Person, PersonClass } from "../../src/person.ts";
import { standingOf } from "../../src/work/run-standing.ts";
import { project } from "../support/journal-samples.ts";

const directoryWith = (
  role: "owner" | "member" | "guest",
  channels: readonly ("slack:T1/C1" | "slack:T1/C9")[],
) =>
  createDirectory(
    parseConfig(
      {
        people: [
          { name: "Ada", ids: ["slack:T1/U1000"], role: "owner" },
          { name: "Kit", ids: ["slack:T1/U1001"], role },
        ],
        projects: [
          {
            id: "sweeper-parts",
            name: "Sweeper Parts",
            channels: channels.filter((id) => id === "slack:T1/C1"),
          },
          { id: "other", name: "Other", channels: channels.filter((id) => id !== "slack:T1/C1") },
        ],
      },
      "the test's config",
    ),
  );
const directory = directoryWith("owner", ["slack:T1/C1"]);
const account = (id: Account["id"], standing: Account["standing"] = "regular"): Account => ({
  id,
  name: "Kit",
  standing,
});

describe("people", () => {
  test("a listed account is its person only while the platform vouches for it", () => {
    expect(directory.personOf(account("slack:T1/U1001"))).toMatchObject({ name: "Kit", class: "owner" });
    const demoted = directory.personOf(account("slack:T1/U1001", "outsider"));
    expect(demoted).toMatchObject({ name: "slack:T1/U1001", class: "guest" });
    expect(outsiderWords(demoted, "slack")).toMatch(/listed as Kit, but slack calls it a guest/u);
  });

  test("a stranger who bears an owner's name is known by the account, so nothing of the owner's is shared", () => {
    const stranger = directory.personOf(account("slack:T1/U6666"));
    expect(stranger).toEqual({ name: "slack:T1/U6666", class: "guest", accounts: ["slack:T1/U6666"] });
    expect(outsiderWords(stranger, "slack")).toBeNull();
  });

  test("words that are run again never have more rights than either of the two people", () => {
    const classes: readonly PersonClass[] = ["owner", "member", "guest", "visitor"];
    const person = (of: PersonClass, name: string): Person => ({ name, class: of, accounts: [] });
    classes.forEach((presser, high) =>
      classes.forEach((writer, low) => {
        const lower = lowerOf(person(presser, "presser"), person(writer, "writer"));
        expect(lower.class).toBe(classes[Math.max(high, low)]);
        expect(lower.name).toBe(low > high ? "writer" : "presser");
      }),
    );
  });
});

describe("a run's standing", () => {
  const run = { id: "r-1", requester: "Kit", thread: "slack:T1/C1:1.1", project } as const;

  test("is its requester's own of now, in the project it was started in", () => {
    expect(standingOf({ directory }, run).person.class).toBe("owner");
    expect(standingOf({ directory }, run).project?.id).toBe(project);
  });

  test.each([
    {
      name: "its requester is a guest now",
      now: directoryWith("guest", ["slack:T1/C1"]),
      row: run,
      words: /Kit, who started this, is no longer/u,
    },
    {
      name: "its requester is nobody now",
      now: directory,
      row: { ...run, requester: "Maya" },
      words: /Maya, who started this, is no longer/u,
    },
    {
      name: "its channel is about something else now",
      now: directoryWith("owner", ["slack:T1/C9"]),
      row: run,
      words: /another project now/u,
    },
  ])("ends when $name", ({ now, row, words }) => {
    expect(() => standingOf({ directory: now }, row)).toThrow(NovaFailure);
    const { kind, forPerson } = failureOf(() => standingOf({ directory: now }, row));
    expect(kind).toBe("run.failed");
    expect(forPerson).toMatch(words);
  });
});

function failureOf(look: () => unknown): NovaFailure {
  try {
    look();
  } catch (thrown) {
    return toFailure(thrown);
  }
  throw new Error("it went on");
}
