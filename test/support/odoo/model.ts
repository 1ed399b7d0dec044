// What the fake Odoo knows of one model, and what all of them share.

export type Model = {
  readonly fields: readonly string[];
  /** Many2one: read as [id, name], empty as false. */
  readonly links?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Names of methods beside the ORM's own, each with the arguments that it takes. */
  readonly methods?: Readonly<Record<string, readonly string[]>>;
};
export const base = ["id", "display_name", "create_date", "write_date"];
export const chatter = { message_post: ["body", "message_type", "subtype_xmlid"] };
