// The notes server as a program of its own, spoken to over its standard input and output: `node program.ts`.
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createNotesServer } from "./notes.ts";
import { openShelf } from "./shelf.ts";

const shelf = openShelf(process.env["NOTES_FOLDER"] ?? "");
shelf.log({
  method: "started",
  params: { pid: process.pid, variables: Object.keys(process.env).toSorted() },
});
if (shelf.knobs().clings) {
  process.on("SIGTERM", () => undefined);
  setInterval(() => undefined, 1_000);
}
await createNotesServer(shelf, () => process.exit(3)).connect(new StdioServerTransport());
