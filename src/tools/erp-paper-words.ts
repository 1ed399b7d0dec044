// What a paper of an ERP may say beside its figures, for rows of every kind of paper: its number on the other side, its files.
import { z } from "zod";

/** What the other side calls a paper, and which files belong to it; absent or null: nobody said, or the ERP keeps none. */
export const papers = {
  reference: z.string().nullable().optional(),
  attachments: z.string().nullable().optional(),
};
type Papers = { readonly [name in keyof typeof papers]?: string | null | undefined };
export const about = ({ reference, attachments }: Papers) => ({
  ...(reference == null ? {} : { theirNumber: reference }),
  ...(attachments == null ? {} : { attachments }),
});
