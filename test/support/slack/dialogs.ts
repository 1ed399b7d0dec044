// Modals of the fake Slack: what an input may be, what a person can put into it, and which answers to a submission Slack
// understands. A person is stopped where Slack's own client would stop them; everything else reaches the product.

import { isRecord, textOf } from "./core.ts";
import type { Ledger } from "./core.ts";

type Report = (pointer: string, message: string) => void;
type Fields = Record<string, unknown>;

const elementKeys: Record<string, readonly string[]> = {
  plain_text_input: [
    "type",
    "action_id",
    "placeholder",
    "initial_value",
    "multiline",
    "min_length",
    "max_length",
  ],
  static_select: ["type", "action_id", "placeholder", "options", "initial_option"],
  datepicker: ["type", "action_id", "placeholder", "initial_date"],
  number_input: [
    "type",
    "action_id",
    "is_decimal_allowed",
    "initial_value",
    "min_value",
    "max_value",
    "placeholder",
  ],
};
const dateShape = /^\d{4}-\d{2}-\d{2}$/;

/** The rules of an input block's element. */
export function checkInput(element: unknown, pointer: string, report: Report): void {
  if (!isRecord(element)) return report(pointer, "must provide an object");
  const type = textOf(element["type"]);
  const keys = elementKeys[type];
  if (keys === undefined) return report(pointer, `unsupported element type: ${type}`);
  for (const key of Object.keys(element)) {
    if (!keys.includes(key)) report(pointer, `invalid additional property: ${key}`);
  }
  if (textOf(element["action_id"]).length > 255)
    report(`${pointer}/action_id`, "must be less than 256 characters");
  const { max_length: most } = element;
  if (most !== undefined && (typeof most !== "number" || most < 1 || most > 3000))
    report(`${pointer}/max_length`, "must be between 1 and 3000");
  if (type === "number_input" && typeof element["is_decimal_allowed"] !== "boolean")
    report(`${pointer}/is_decimal_allowed`, "must be provided");
  if (type === "static_select") checkOptions(element["options"], `${pointer}/options`, report);
}

function checkOptions(options: unknown, pointer: string, report: Report): void {
  const list: unknown[] = Array.isArray(options) ? options : [];
  if (list.length < 1 || list.length > 100) report(pointer, "must have 1 to 100 items");
  for (const [index, option] of list.entries()) {
    const text = isRecord(option) && isRecord(option["text"]) ? textOf(option["text"]["text"]) : "";
    const value = isRecord(option) ? textOf(option["value"]) : "";
    if (text === "" || text.length > 75) report(`${pointer}/${index}/text`, "must have 1 to 75 characters");
    if (value === "" || value.length > 150)
      report(`${pointer}/${index}/value`, "must have 1 to 150 characters");
  }
}

const inputsOf = (view: Fields): readonly Fields[] =>
  (Array.isArray(view["blocks"]) ? view["blocks"] : []).filter(
    (block: unknown): block is Fields => isRecord(block) && block["type"] === "input",
  );

/** `state.values` as Slack sends it; `values` by block, by action, or by label. Throws where Slack's client would not send. */
export function fillView(view: Fields, values: Record<string, string>): Fields {
  const used = new Set<string>();
  const state: Record<string, Fields> = {};
  for (const block of inputsOf(view)) {
    const element = isRecord(block["element"]) ? block["element"] : {};
    const label = isRecord(block["label"]) ? textOf(block["label"]["text"]) : "";
    const actionId = textOf(element["action_id"]);
    const names = [textOf(block["block_id"]), actionId, label];
    const name = names.find((one) => values[one] !== undefined);
    if (name !== undefined) used.add(name);
    const typed = values[name ?? ""] ?? textOf(element["initial_value"] ?? "");
    if (typed === "" && block["optional"] !== true) throw new Error(`the dialog wants ${label}`);
    state[textOf(block["block_id"])] = { [actionId]: answerOf(element, typed, label) };
  }
  const odd = Object.keys(values).find((name) => !used.has(name));
  if (odd !== undefined) throw new Error(`the dialog has no field ${odd}`);
  return state;
}

function answerOf(element: Fields, typed: string, label: string): Fields {
  const type = textOf(element["type"]);
  const { max_length: most } = element;
  if (typeof most === "number" && typed.length > most) throw new Error(`${label} holds ${most} characters`);
  if (type === "static_select") {
    const options: unknown[] = Array.isArray(element["options"]) ? element["options"] : [];
    const chosen = options.find((option) => isRecord(option) && option["value"] === typed) ?? null;
    if (chosen === null && typed !== "") throw new Error(`${label} has no ${typed}`);
    return { type, selected_option: chosen };
  }
  if (type === "datepicker") {
    if (typed !== "" && !dateShape.test(typed)) throw new Error(`${label} takes dates`);
    return { type, selected_date: typed === "" ? null : typed };
  }
  if (type === "number_input" && typed !== "" && !/^-?\d+(?:\.\d+)?$/.test(typed))
    throw new Error(`${label} takes numbers`);
  return { type, value: typed === "" ? null : typed };
}

/** True: the modal is still open, with errors at its fields. */
export function staysOpen(view: Fields, response: unknown, ledger: Ledger): boolean {
  if (!isRecord(response) || Object.keys(response).length === 0) return false;
  const action = response["response_action"];
  if (action !== "errors") {
    if (action !== "clear" && action !== "update" && action !== "push")
      ledger.violate("platform", "answered a modal with what Slack does not know", response);
    return false;
  }
  const { errors } = response;
  const blocks = new Set(inputsOf(view).map((block) => textOf(block["block_id"])));
  const known = isRecord(errors) && Object.keys(errors).length > 0 ? Object.entries(errors) : [];
  if (known.length === 0 || known.some(([block, why]) => !blocks.has(block) || textOf(why) === ""))
    ledger.violate("platform", "put errors at fields that the modal does not have", response);
  return true;
}
