// Rules of delivery, on every surface.
import { conform } from "./rule.ts";
import { deliveryRules } from "./rules/delivery.ts";

conform(deliveryRules);
