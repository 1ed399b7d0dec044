// The agents that ask other agents, and the runs that end in proposals, through the front door and without a language
// model: what a person of several projects gets in the morning, after a failure, and when the stock runs low.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientSites } from "../../config/projects/client-sites.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import type { Door } from "../support/doors/door.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

let door: Door;
let nova: NovaUnderTest;
afterEach(async () => nova.close());

const shown = async (): Promise<string> => (await door.seen()).join("");

/** What Nova says to this, as one line of text. */
async function hears(text: string): Promise<string> {
  const before = (await shown()).length;
  const since = async (): Promise<string> => (await shown()).slice(before);
  await door.says(text);
  await expect.poll(since, { interval: 2 }).toMatch(/^nova {2}/mu);
  await nova.idle();
  return (await since()).replaceAll(/\s+/gu, " ");
}

describe("with every agent and an ERP", () => {
  beforeEach(async () => {
    door = terminalDoor();
    nova = await startNova({ doors: [door] });
  });

  test("the morning brief is six answers side by side, each by the agent whose it is", async () => {
    const brief = await hears("Morning brief please");
    for (const agent of [
      "erp/sales",
      "erp/invoices",
      "erp/payments",
      "erp/quotes",
      "erp/stock",
      "chat/general",
    ])
      expect(brief).toMatch(new RegExp(`[✓?] (?:\\*\\*)?${agent}`, "u"));
    expect(brief).toMatch(/SO-1007.*overdue.*BILL-.*QU-1002.*SQ-34/u);
    // It holds no thread: what leans on it is asked about, never run again by habit.
    expect(await hears("and the other one?")).not.toMatch(/erp\/payments/u);
  });

  test("a failure gets what to press, what is on record, and steps, in the person's own words", async () => {
    const triage = await hears("Why did the run fail?");
    expect(triage).toMatch(/chat\/guide.*`?retry`?.*chat\/researcher.*chat\/planner.*Why did the run fail/u);
  });

  test("money that came in is proposed for the one invoice that is open", async () => {
    expect(await hears("Northgate paid 200 dollars")).toMatch(
      /Register payment of 200\.00 USD from Northgate.*Waiting for Kit/u,
    );
    expect(await hears("Lakeside paid 1200 dollars")).toMatch(/no open invoice of “Lakeside”/u);
  });

  test("what is said of a customer in passing becomes the change that was meant", async () => {
    expect(await hears("Give Brightway 45 days to pay")).toMatch(/Brightway Parking.*45.*Waiting for Kit/u);
    expect(await hears("Raise the credit limit of Ironwood to 5000")).toMatch(
      /Ironwood Logistics.*5,?000.*Waiting for Kit/u,
    );
    expect(await hears("Make Brightway an offer for 10 exit signs")).toMatch(
      /Create draft quote for Brightway Parking: 370\.22 USD.*Waiting for Kit/u,
    );
  });

  test("a reorder run proposes the order that somebody asked for, and changes nothing by itself", async () => {
    await door.says("/run stock-reorder");
    await expect.poll(shown).toMatch(/PR-1004/u);
    await nova.idle();
    const low = await nova.stockOf("SG-SPEED");
    expect(JSON.stringify(low)).toContain('"reorderThousandths":8000');
    expect(await shown()).toMatch(/Waiting for Kit/u);
  });

  test("a fit is what somebody put on record, with who did", async () => {
    expect(await hears("Which squeegee fits the Nilfisk SC500?")).toMatch(
      /SQ-28.*Which of these fits the Nilfisk SC500 is not on record/u,
    );
    await hears("/remember SQ-34 fits the Nilfisk SC500");
    expect(await hears("Which squeegee fits the Nilfisk SC500?")).toMatch(
      /Squeegee blade 34 in.*On record as fitting the Nilfisk SC500/u,
    );
  });
});

describe("in a project that allows only some", () => {
  beforeEach(async () => {
    door = terminalDoor();
    const channels = ["terminal:main" as const];
    nova = await startNova({ doors: [door], config: { projects: [{ ...clientSites, channels }] } });
  });

  test("the brief leaves out whoever is not allowed, and says what the project is about", async () => {
    const brief = await hears("Morning brief");
    expect(brief).toMatch(/erp\/invoices.*erp\/quotes.*chat\/general/u);
    expect(brief).not.toMatch(/erp\/stock|erp\/payments|erp\/sales/u);
    expect(await hears("What is this project about?")).toMatch(/Web sites for small firms/u);
    expect(await hears("Launch check-list for the client's site")).toMatch(/DNS.*certificate/u);
  });
});
