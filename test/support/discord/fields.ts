// What somebody would put into the fields of `/nova`, from the words that the same verb takes elsewhere.
import { verbSpecs } from "../../../src/verbs.ts";

export function fieldsOf(
  verb: string,
  rest: string,
): { readonly options?: Readonly<Record<string, string>> } {
  if (rest === "") return {};
  const declared = verbSpecs.find(({ name }) => name === verb)?.options;
  if (declared === undefined) return { options: { text: rest } };
  const needed = declared.filter(({ isRequired }) => isRequired);
  const [first, ...others] = [...needed, ...declared.filter(({ isRequired }) => !isRequired)];
  if (first === undefined) return {};
  // Free words are one field; a name ends at the first blank.
  if (first.suggests === null || others.length === 0) return { options: { [first.name]: rest } };
  const [word = "", ...more] = rest.split(" ");
  const [second] = others;
  const words = more.join(" ");
  return {
    options: {
      [first.name]: word,
      ...(words === "" || second === undefined ? {} : { [second.name]: words }),
    },
  };
}
