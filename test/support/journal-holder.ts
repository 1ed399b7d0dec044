// A process of its own that opens the journal in the given folder, says what came of it, and stays until it is ended.
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { createTestClock } from "./clock.ts";
import { createTestEntropy } from "./entropy.ts";
import { messageOf, who } from "./journal-samples.ts";

const folder = process.argv[2] ?? "";
try {
  const journal = createSqliteJournal({
    folder,
    clock: createTestClock(),
    entropy: createTestEntropy("holder"),
    bootId: "holder",
  });
  await journal.keep(messageOf("kept-before-the-end"), who);
  process.stdout.write("open\n");
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
