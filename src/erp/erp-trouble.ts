// What it means that an ERP can't be worked with at all, told apart as far as the mend differs. Connectors throw it; who
// holds them turns it into one sentence, because what an ERP says of itself is not what a person needs to hear.

/** `unreachable`: it will be back by itself, or somebody has to see to the server. `login`: Nova's own login has to be mended. */
export type Trouble = "unreachable" | "login";

export class ErpTrouble extends Error {
  /** Null: it answered, and this is its no to the one request. */
  readonly trouble: Trouble | null;

  constructor(trouble: Trouble | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** Null: whatever was thrown, the ERP itself is there and lets Nova in. */
export const troubleOf = (thrown: unknown): Trouble | null =>
  thrown instanceof ErpTrouble ? thrown.trouble : null;
