// What the engine asks of the world, all in one place. A port is small, says what must not happen, and has one
// contract suite under test/contracts that every implementation passes.
export type * from "./ports/board.ts";
export type * from "./ports/chat.ts";
export type * from "./ports/desk.ts";
export type * from "./ports/erp.ts";
export type * from "./ports/files.ts";
export type * from "./ports/journal.ts";
export type * from "./ports/journal-attempts.ts";
export type * from "./ports/journal-budgets.ts";
export type * from "./ports/journal-rows.ts";
export type * from "./ports/journal-trust.ts";
export type * from "./ports/model.ts";
export type * from "./ports/tool-servers.ts";
export type * from "./ports/world.ts";
