// What the ERP lets Nova do: asked at each start and again by `status`. An effect that it would refuse is never offered.
import type { Effect } from "../effects.ts";
import type { Erp } from "../ports.ts";

export type Rights = { readonly operations: ReadonlySet<string>; readonly detail: string };

const asked = new WeakMap<Erp, Promise<Rights>>();

/** Asks anew, and keeps the answer, also where it was none: an ERP that is away is asked again by its watch, not by everybody. */
export async function askRights(erp: Erp): Promise<Rights> {
  const answer = erp.probe().then(({ operations, detail }) => ({ operations: new Set(operations), detail }));
  asked.set(erp, answer);
  return answer;
}

/** Operations that this ERP's user may perform, as last answered. Rejects as the last question did. */
export async function rightsOf(erp: Erp): Promise<ReadonlySet<string>> {
  return (await (asked.get(erp) ?? askRights(erp))).operations;
}

/** `payBill` > `pay bill`: what a person would call it. */
export const deedOf = ({ name }: Pick<Effect, "name">): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();

/** Said instead of proposing what the ERP would refuse: who could do it, and how Nova could. */
export const whoCould = (effect: Pick<Effect, "name">, erp: string): string =>
  `The ERP “${erp}” does not let Nova do this (${deedOf(effect)}), so I can't propose it. Somebody who may do it there can do it in the ERP itself; or whoever looks after the ERP gives Nova's user that right. \`status\` shows what Nova may do.`;
