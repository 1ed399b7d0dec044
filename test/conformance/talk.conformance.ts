// Rules of talking, on every surface.
import { conform } from "./rule.ts";
import { talkRules } from "./rules/talk.ts";

conform(talkRules);
