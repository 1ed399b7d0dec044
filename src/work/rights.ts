// What the ERP lets Nova do, asked once per ERP: an effect that it would refuse is never offered to a person.
import type { Erp } from "../ports.ts";

const asked = new WeakMap<Erp, Promise<ReadonlySet<string>>>();

/** Operations that this ERP's user may perform. A failed probe is asked again next time, and fails the turn now. */
export async function rightsOf(erp: Erp): Promise<ReadonlySet<string>> {
  const known = asked.get(erp);
  if (known !== undefined) return known;
  const answer = erp.probe().then(({ operations }) => new Set(operations));
  asked.set(erp, answer);
  answer.catch(() => asked.delete(erp));
  return answer;
}
