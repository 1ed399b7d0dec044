// Rules of deciding, on every surface.
import { conform } from "./rule.ts";
import { approvalRules } from "./rules/approvals.ts";

conform(approvalRules);
