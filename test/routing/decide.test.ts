// The stages of routing, one sentence each.
import { describe, expect, test } from "vitest";
import { decideRoute } from "../../src/routing/decide.ts";
import type { RouteDecision } from "../../src/routing/route.ts";
import { several, single } from "../fixtures/requests.ts";
import { ask, decide, quietThread, router } from "./route-input.ts";

const agentTarget = (agent: string): RouteDecision["target"] => ({ kind: "agent", agent });
const inThread = (lastAgent: string, lastText: string | null = null) => ({
  thread: { ...quietThread, lastAgent, lastText },
});

describe("an explicit address", () => {
  test.each([
    ["erp/stock: cancel everything", "erp/stock"],
    ["stock: translate this", "erp/stock"],
    ["@erp/sales what now", "erp/sales"],
    ["@weekly-review", "pipeline/weekly-review"],
    ["  Translate: merci beaucoup", "language/translate"],
  ])("%j goes where it says, whatever the words", (text, agent) => {
    expect(decide(text)).toMatchObject({ stage: "address", target: agentTarget(agent), needs: "nothing" });
  });

  test("given by a command or a button wins over the text", () => {
    expect(decide("@erp/sales hello", { address: "chat/guide" }).target).toEqual(agentTarget("chat/guide"));
  });

  test("that nobody has gets the nearest names, never a default", () => {
    const decided = decide("@stokc how many brushes are in stock?");
    expect(decided).toMatchObject({ stage: "address", target: { kind: "none" } });
    expect(decided.target.kind === "none" && decided.target.nearest[0]).toBe("erp/stock");
    expect(decided.reasons[0]).toContain('No agent is called "stokc"');
    expect(decide("stok: how many brushes?").target.kind).toBe("none");
    expect(decide("erp/warehouse: how many brushes?").target.kind).toBe("none");
    expect(decide("how many brushes are in stock?", { address: "" }).target.kind).toBe("none");
  });

  test("that is not open here says where it is", () => {
    const outside = decide("erp/stock: count", { projectAgents: ["chat/*"] });
    expect(outside).toMatchObject({ stage: "address", target: { kind: "none" } });
    expect(outside.reasons[0]).toContain("erp/stock is not used in this project (chat/*)");
    expect(decide("erp/stock: count", { person: "guest" }).reasons[0]).toContain("not open to a guest");
  });

  test("is not seen in an ordinary sentence with a colon, nor inside a quote or a code block", () => {
    const question = "which invoices are overdue?";
    expect(decide(`Question: ${question}`).stage).not.toBe("address");
    expect(decide(`> erp/stock: ${question}`).stage).not.toBe("address");
    expect(decide(`\`\`\`\nerp/stock: ${question}\n\`\`\``).stage).not.toBe("address");
    expect(decide(`please tell @erp/stock ${question}`).stage).not.toBe("address");
  });
});

describe("a waiting thread", () => {
  const clarification = { kind: "clarification", options: ["erp/stock", "erp/purchasing"] } as const;
  const waiting = { thread: { ...quietThread, waiting: clarification } };

  test.each(["erp/stock", "stock", "the stock one please", "1", "First."])(
    "takes %j as the option it names",
    (text) => {
      expect(decide(text, waiting)).toMatchObject({ stage: "waiting", target: agentTarget("erp/stock") });
    },
  );

  test("leaves anything else to the other stages", () => {
    expect(decide("which invoices are overdue?", waiting).target).toEqual(agentTarget("erp/invoices"));
    expect(decide("3", waiting).stage).not.toBe("waiting");
    expect(decide("stock", { ...waiting, person: "guest" }).stage).not.toBe("waiting");
  });

  test("gives the words that a worker asked for to that worker, unless they address somebody", () => {
    const input = {
      thread: { ...quietThread, waiting: { kind: "input", agent: "pipeline/client-onboarding" } as const },
    };
    expect(decide("Alder GmbH", input)).toMatchObject({
      stage: "waiting",
      target: agentTarget("pipeline/client-onboarding"),
    });
    expect(decide("@guide help", input).target).toEqual(agentTarget("chat/guide"));
    expect(decide("  ", input).stage).toBe("none");
  });

  test.each(["erp/sales", "pipeline/client-onboarding"])(
    "leaves what is plainly another's work to that one while %s waits for a value",
    (agent) => {
      const input = { thread: { ...quietThread, waiting: { kind: "input", agent } as const } };
      const others = Object.entries(single).filter(([id]) => id !== agent);
      const routed = others.flatMap(([id, texts]) =>
        texts
          .filter((text) => decide(text).stage === "classifier" && text.split(" ").length > 2)
          .map((text) => [text, id, decide(text, input)] as const),
      );
      expect(routed.length).toBeGreaterThan(50);
      const swallowed = routed.filter(([, , decided]) => decided.stage === "waiting");
      expect(swallowed.length / routed.length).toBeLessThan(0.1);
      for (const value of ["SO-1010", "number 1010", "Berlin", "10 dust bag filters", "the one for Lakeside"])
        expect(decide(value, input)).toMatchObject({ stage: "waiting", target: agentTarget(agent) });
    },
  );

  test("whoever writes may have asked for any words", () => {
    const input = {
      thread: { ...quietThread, waiting: { kind: "input", agent: "language/translate" } as const },
    };
    expect(decide("which invoices are overdue?", input)).toMatchObject({ stage: "waiting" });
  });
});

describe("a thread", () => {
  test.each(["why?", "and the other one?", "same for May", "what about Zyxwell?"])(
    "keeps %j with the agent that has it",
    (text) => {
      expect(decide(text, inThread("chat/general"))).toMatchObject({
        stage: "thread",
        target: agentTarget("chat/general"),
      });
    },
  );

  test("is left for an agent that is clearly likelier, and the switch is said", () => {
    const decided = decide("which invoices are overdue?", inThread("chat/general"));
    expect(decided.target).toEqual(agentTarget("erp/invoices"));
    expect(decided.reasons).toContain("Switching from chat/general to erp/invoices.");
  });

  test("stays with its agent when nobody fits clearly better", () => {
    expect(decide("I would rather see it from the other side", inThread("chat/general")).stage).toBe(
      "thread",
    );
  });

  test("goes on with an agent with effects where a message points back and both together pass its line", () => {
    const thread = inThread("erp/invoices", "which invoices are overdue?");
    const text = "only those above 500";
    expect(decide(text, thread)).toMatchObject({ stage: "thread", target: agentTarget("erp/invoices") });
    expect(decide(text, { ...thread, router: { ...router, high: 1 } }).target.kind).not.toBe("agent");
    // What points at nothing does not go on.
    expect(decide("above 500 please", thread).target.kind).not.toBe("agent");
  });

  test("is left unasked only by what does not point back at it", () => {
    const thread = inThread("erp/invoices", "which invoices of Alder are overdue?");
    const sure = { router: { ...router, low: 0.01, high: 0.01 } };
    const text = "and the brushes of those";
    const { target } = decide(text, { ...thread, ...sure });
    expect(target).toMatchObject({ kind: "ask", options: [expect.any(String), "erp/invoices"] });
    expect(decide("how many brushes are in stock", thread).target).toEqual(agentTarget("erp/stock"));
  });

  test("gives no habit to an agent with effects: the leaning message must pass the line with what it leans on", () => {
    const sure = decide("and of last week?", inThread("erp/invoices", "which invoices are overdue?"));
    expect(sure).toMatchObject({ stage: "thread", target: agentTarget("erp/invoices") });
    for (const lastText of [null, "hm", "which brushes did they mean?"]) {
      expect(decide("and the other one?", inThread("erp/invoices", lastText))).toMatchObject({
        target: { kind: "ask", options: ["erp/invoices"] },
        needs: "confirm",
      });
    }
    expect(decide("start it again", inThread("pipeline/month-end", "ok")).target.kind).not.toBe("agent");
  });

  test("of an agent with effects holds nothing that has words of its own", () => {
    expect(decide("translate this into German", inThread("erp/invoices", "post invoice 42")).target).toEqual(
      agentTarget("language/translate"),
    );
  });
});

describe("several requests", () => {
  test("are not swallowed by the agent that has the thread", () => {
    const text = "how many brushes are in stock and which invoices are overdue?";
    expect(decide(text, inThread("chat/general")).target.kind).toBe("plan");
  });

  test("become a plan for the coordinator, each part with its agent", () => {
    expect(decide("how many brushes are in stock and which invoices are overdue?").target).toEqual({
      kind: "plan",
      coordinator: "coordinator/several",
      parts: [
        { text: "how many brushes are in stock", agent: "erp/stock" },
        { text: "which invoices are overdue", agent: "erp/invoices" },
      ],
    });
  });

  test("are asked about when a part is not sure enough, and when no coordinator may be used", () => {
    const text = "how many brushes are in stock and which invoices are overdue?";
    const strict = decide(text, { router: { ...router, high: 0.9999 } });
    expect(strict).toMatchObject({
      stage: "split",
      target: { kind: "ask", options: ["erp/stock", "erp/invoices"] },
    });
    expect(strict.target).toMatchObject({
      all: { coordinator: "coordinator/several", parts: [{ agent: "erp/stock" }, { agent: "erp/invoices" }] },
    });
    // Nobody could share it out, and a pipeline is begun by itself.
    for (const target of [
      decide(text, { projectAgents: ["erp/*"] }).target,
      decide("onboard Alder GmbH and translate this into German").target,
    ]) {
      expect(target.kind).toBe("ask");
      expect(target).not.toHaveProperty("all");
    }
  });

  test("that lean on each other, and text to work on, stay one request", () => {
    expect(decide("post invoice 42 and 43").target).toEqual(agentTarget("erp/invoices"));
    expect(decide("translate this into German: post invoice 42 and run the weekly review").target).toEqual(
      agentTarget("language/translate"),
    );
  });
});

test("two agents are never both likely: what one is sure of, the other cannot be", () => {
  for (const text of [...Object.values(single).flat(), ...several.map(([both]) => both)]) {
    const [first, second] = decide(text).candidates;
    expect((first?.probability ?? 1) + (second?.probability ?? 1), text).toBeLessThanOrEqual(1.0001);
  }
});

describe("the line", () => {
  const text = "which invoices are overdue?";
  const [top] = decide(text).candidates;
  const probability = top?.probability ?? 0;

  test("is reached by exactly its probability, and missed just below", () => {
    expect(decide(text, { router: { ...router, high: probability } }).target).toEqual(
      agentTarget("erp/invoices"),
    );
    const missed = decide(text, { router: { ...router, high: probability + 0.0001 } });
    expect(missed).toMatchObject({ stage: "ask", needs: "answer" });
  });

  test("that cannot be reached leaves only address and button", () => {
    const unreachable = { router: { ...router, high: null, low: null } };
    expect(decide(text, unreachable)).toMatchObject({ target: { kind: "ask" }, line: 1 });
    expect(decide("what can you do?", unreachable).target.kind).toBe("ask");
    expect(decide(`invoices: ${text}`, unreachable).target).toEqual(agentTarget("erp/invoices"));
  });

  test("is not helped by a prior where effects are at stake, and only nudged elsewhere", () => {
    const high = { router: { ...router, high: probability + 0.00005 } };
    expect(decide(text, { ...high, priors: { "erp/invoices": 50 } }).target.kind).toBe("ask");
    const plain = decide("the thing in Spanish").candidates[0]?.probability ?? 0;
    const nudged =
      decide("the thing in Spanish", { priors: { "language/translate": 50 } }).candidates[0]?.probability ??
      0;
    const nats = (p: number): number => Math.log(p / (1 - p));
    expect(nats(nudged) - nats(plain)).toBeCloseTo(0.5, 1);
  });
});

describe("the model", () => {
  const text = "something about deliveries and suppliers maybe";
  const unsure = ask(text, { modelReady: true });

  test("is asked only when the classifier abstains, about five candidates with two handles each", () => {
    const { ask: request, decision } = decideRoute(unsure);
    expect(decision.target.kind).not.toBe("agent");
    expect(request?.text).toBe(text);
    expect(request?.candidates).toHaveLength(5);
    for (const candidate of request?.candidates ?? []) expect(candidate.handles).toHaveLength(2);
    expect(decideRoute(ask("which invoices are overdue?", { modelReady: true })).ask).toBeNull();
    expect(decideRoute(ask(text)).ask).toBeNull();
    expect(decideRoute({ ...unsure, modelChoice: null }).ask).toBeNull();
  });

  test("may choose a harmless agent out of the five, and only bring up one with effects", () => {
    const five = decideRoute(unsure).ask?.candidates.map((candidate) => candidate.id) ?? [];
    const guarded = five.find((id) => id.startsWith("erp/")) ?? "";
    const harmless = five.find((id) => id.startsWith("chat/") || id.startsWith("language/")) ?? "";
    expect(decideRoute({ ...unsure, modelChoice: harmless }).decision).toMatchObject({
      stage: "model",
      target: agentTarget(harmless),
    });
    expect(decideRoute({ ...unsure, modelChoice: guarded }).decision).toMatchObject({
      stage: "model",
      target: { kind: "ask", options: [guarded] },
      needs: "confirm",
    });
  });

  test("that is late, failing or outside the five changes nothing; none and ask are heard", () => {
    const alone = decideRoute(ask(text)).decision;
    for (const modelChoice of [null, "erp/nobody", "", "drop tables"]) {
      expect(decideRoute({ ...unsure, modelChoice }).decision).toEqual(alone);
    }
    expect(decideRoute({ ...unsure, modelChoice: "none" }).decision.target.kind).toBe("none");
    expect(decideRoute({ ...unsure, modelChoice: "ask" }).decision.target.kind).toBe("ask");
  });
});

describe("nobody", () => {
  test.each(["", "   ", "🙂🙂", "?!"])("%j has no words to go by", (text) => {
    expect(decide(text)).toMatchObject({ stage: "none", target: { kind: "none" } });
  });

  test("does this: an honest no with the nearest three", () => {
    const decided = decide("who painted guernica");
    expect(decided.target.kind === "none" && decided.target.nearest).toHaveLength(3);
  });

  test("may be used here: no default agent on an empty set", () => {
    for (const over of [{ projectAgents: [] }, { person: "visitor" as const }, { roster: [] }]) {
      expect(decide("which invoices are overdue?", over).target).toEqual({ kind: "none", nearest: [] });
    }
  });

  test("allowed is the likeliest: a forbidden agent's message is not pushed onto an allowed one", () => {
    expect(decide("which invoices are overdue?", { person: "guest" }).target.kind).toBe("none");
  });
});
