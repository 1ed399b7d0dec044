// Whether an agent's words for another one reach it. The law of hand-offs: nobody twice, not too often, nobody who may not
// be used here, and nobody who can change something unless a person presses. Pure.
import { chainWords, mostHandOffs } from "../hand-off.ts";
import type { HandOff } from "../hand-off.ts";
import { candidatesOf, whyNotHere } from "../routing/candidates.ts";
import { isGuarded } from "../routing/ranking.ts";
import type { RouteInput } from "../routing/route.ts";

/** `passed`: everybody who has had these words, in order; the last one hands them on. */
type Asked = { readonly to: string; readonly passed: readonly string[] };
/** `why` is a whole sentence for the person. */
type Verdict =
  | { readonly state: Extract<HandOff["state"], "taken" | "offered"> }
  | { readonly state: Extract<HandOff["state"], "refused" | "circle" | "too deep">; readonly why: string };

export function judgeHandOff(
  { to, passed }: Asked,
  place: Pick<RouteInput, "roster" | "person" | "projectAgents">,
): Verdict {
  const chain = chainWords([...passed, to]);
  const from = passed.at(-1) ?? "";
  if (passed.includes(to)) {
    const who =
      passed.at(-2) === to ? `${from} and ${to} hand this back and forth` : "This goes round in a circle";
    return { state: "circle", why: `${who} (${chain}), so I stopped it.` };
  }
  if (passed.length > mostHandOffs) {
    const why = `This was handed on ${mostHandOffs} times and nobody took it (${chain}), so I stopped there.`;
    return { state: "too deep", why };
  }
  const known = place.roster.find(({ id }) => id === to);
  if (known === undefined) return { state: "refused", why: `There is no agent ${to}.` };
  if (!candidatesOf(place).some(({ id }) => id === to))
    return { state: "refused", why: whyNotHere(known, place) };
  return { state: isGuarded(known) || known.role === "coordinator" ? "offered" : "taken" };
}
