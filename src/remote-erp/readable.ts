// What a plan rests on has to be read exactly: a figure finer than a cent, or a field of another kind than Nova knows,
// ends as a sentence that names it, before anything is sent.
import { z } from "zod";
import { refused } from "./fault.ts";

/** `product`: the ERP as a person calls it. Throws ErpFault "rejected". */
export const readable = async <T>({ product }: { readonly product: string }, task: Promise<T>): Promise<T> =>
  task.catch((thrown: unknown) => {
    if (!(thrown instanceof z.ZodError)) throw thrown;
    const [issue] = thrown.issues;
    const what = [issue?.path.join(".") ?? "", issue?.message ?? ""].filter((part) => part !== "").join(": ");
    throw refused(`Nova can't work with what ${product} answered (${what}), so do this in ${product}.`);
  });
