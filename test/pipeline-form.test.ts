// A form made from a schema: every kind of field, what has no form at all, and values that travel as typed words and
// come back as the schema's own types.
import { assert, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { formOf, judgeForm } from "../src/surfaces/pipeline-form.ts";
import { fromPairs, toPairs } from "../src/surfaces/typed-inputs.ts";
import type { Inputs } from "../src/surfaces/typed-inputs.ts";

const pipeline = (inputs: Inputs) => ({ id: "pipeline/spring-sale", card: { inputs, job: "Sells." } });
const wide = z.object({
  firstName: z.string().max(80).describe("who pays"),
  note: z.string().max(2_000).optional(),
  size: z.enum(["small", "large"]),
  due: z.iso.date().optional(),
  copies: z.number().int().min(1).default(1),
});

describe("a form", () => {
  test("has a field per input, of the kind that the schema asks for", () => {
    expect(formOf(pipeline(wide))).toEqual({
      pipeline: "pipeline/spring-sale",
      title: "Spring sale",
      fields: [
        {
          key: "firstName",
          label: "First name",
          hint: "who pays",
          kind: "text",
          options: [],
          isRequired: true,
          maxLength: 80,
        },
        {
          key: "note",
          label: "Note",
          hint: null,
          kind: "paragraph",
          options: [],
          isRequired: false,
          maxLength: 2_000,
        },
        {
          key: "size",
          label: "Size",
          hint: null,
          kind: "select",
          options: ["small", "large"].map((value) => ({ value, label: value })),
          isRequired: true,
          maxLength: null,
        },
        {
          key: "due",
          label: "Due",
          hint: null,
          kind: "date",
          options: [],
          isRequired: false,
          maxLength: null,
        },
        {
          key: "copies",
          label: "Copies",
          hint: null,
          kind: "number",
          options: [],
          isRequired: false,
          maxLength: null,
        },
      ],
    });
  });

  test("offers yes and no for a truth", () => {
    expect(
      formOf(pipeline(z.object({ urgent: z.boolean() })))?.fields[0]?.options.map(({ value }) => value),
    ).toEqual(["yes", "no"]);
  });

  test.each([
    ["nothing to fill in", z.object({})],
    [
      "a sixth field",
      z.object(Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, z.string()]))),
    ],
    ["a list", z.object({ names: z.array(z.string()) })],
    [
      "more choices than a select holds",
      z.object({ pick: z.enum(Array.from({ length: 26 }, (_, n) => `n${n}`)) }),
    ],
  ])("does not exist for %s", (_why, inputs) => {
    expect(formOf(pipeline(inputs))).toBeNull();
  });
});

describe("what was filled in", () => {
  test("is the command that could have been typed, and comes back in the schema's types", () => {
    const judged = judgeForm(pipeline(wide), {
      firstName: ' An "na" ',
      note: "a\nb=c \\",
      size: "large",
      due: "2026-12-01",
      copies: "3",
    });
    expect(judged.kind).toBe("sound");
    expect(wide.parse(fromPairs(wide, judged.rest))).toEqual({
      firstName: 'An "na"',
      note: "a\nb=c \\",
      size: "large",
      due: "2026-12-01",
      copies: 3,
    });
  });

  test("is wrong field by field, in words, with what was typed kept", () => {
    const judged = judgeForm(pipeline(wide), {
      firstName: null,
      size: "huge",
      due: "soon",
      copies: "many",
      other: "x",
    });
    expect(judged).toMatchObject({ kind: "wrong", rest: 'spring-sale size="huge" due="soon" copies="many"' });
    const problems = judged.kind === "wrong" ? judged.problems : [];
    expect(problems.map(({ field }) => field).sort()).toEqual(["copies", "due", "firstName", "size"]);
    expect(problems.find(({ field }) => field === "firstName")?.why).toBe("This is needed.");
  });

  test("survives the way through words whatever it is", () => {
    const inputs = z.object({ one: z.string(), two: z.string() });
    assert(
      property(record({ one: string(), two: string() }), (values) => {
        expect(fromPairs(inputs, `sale ${toPairs(values)}`)).toEqual(values);
      }),
    );
  });
});
