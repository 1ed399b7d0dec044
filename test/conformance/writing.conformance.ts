// Rules of answers that are read while they are written, on every surface.
import { conform } from "./rule.ts";
import { writingRules } from "./rules/writing.ts";

conform(writingRules);
