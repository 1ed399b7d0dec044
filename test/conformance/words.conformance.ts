// Rules of words, on every surface.
import { conform } from "./rule.ts";
import { wordRules } from "./rules/words.ts";

conform(wordRules);
