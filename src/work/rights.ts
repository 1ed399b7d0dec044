// What the ERP lets Nova do: asked at each start and again by `status`. An effect that it would refuse is never offered.
import type { Logger } from "pino";
import type { Effect } from "../effects.ts";
import type { Erp } from "../ports.ts";

export type Rights = { readonly operations: ReadonlySet<string>; readonly detail: string };

const asked = new WeakMap<Erp, Promise<Rights>>();

/** Asks anew, and keeps the answer. A failed probe is asked again next time, and fails who asks now. */
export async function askRights(erp: Erp): Promise<Rights> {
  const answer = erp.probe().then(({ operations, detail }) => ({ operations: new Set(operations), detail }));
  asked.set(erp, answer);
  answer.catch(() => asked.delete(erp));
  return answer;
}

/** Operations that this ERP's user may perform, as last answered. */
export async function rightsOf(erp: Erp): Promise<ReadonlySet<string>> {
  return (await (asked.get(erp) ?? askRights(erp))).operations;
}

/** At start, beside everything else: an ERP that does not answer keeps nobody waiting, and is asked again when it is needed. */
export function learnRights(erps: ReadonlyMap<string, Erp>, log: Pick<Logger, "info" | "warn">): void {
  for (const [name, erp] of erps)
    askRights(erp).then(
      ({ operations, detail }) => log.info({ erp: name, may: [...operations], detail }, "rights at the ERP"),
      (thrown: unknown) =>
        log.warn({ erp: name, err: thrown }, "the ERP could not be asked what Nova may do"),
    );
}

/** `payBill` > `pay bill`: what a person would call it. */
export const deedOf = ({ name }: Pick<Effect, "name">): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();

/** Said instead of proposing what the ERP would refuse: who could do it, and how Nova could. */
export const whoCould = (effect: Pick<Effect, "name">, erp: string): string =>
  `The ERP “${erp}” does not let Nova do this (${deedOf(effect)}), so I can't propose it. Somebody who may do it there can do it in the ERP itself; or whoever looks after the ERP gives Nova's user that right. \`status\` shows what Nova may do.`;
