// What an ERP lets Nova's user do: asked anew whenever somebody wants to know. Where stamps may be read is remembered from
// every answer: where a right was taken away since, looking for a deed has to fail, not to find nothing.

export type Probed = {
  readonly operations: readonly string[];
  readonly detail: string;
  /** Kinds of records in which Nova's stamps can be read: what it can't read it can't have written. */
  readonly readable: ReadonlySet<string>;
};
export type Probe = {
  readonly anew: () => Promise<Pick<Probed, "operations" | "detail">>;
  /** Asked once by itself, when nobody has asked before. */
  readonly readable: () => Promise<ReadonlySet<string>>;
};

export function createProbe(ask: () => Promise<Probed>): Probe {
  const everReadable = new Set<string>();
  let first: Promise<Probed> | null = null;
  const learn = async (): Promise<Probed> => {
    const probed = await ask();
    for (const name of probed.readable) everReadable.add(name);
    return probed;
  };
  const remember = async (asked: Promise<Probed>): Promise<Probed> => {
    first ??= asked;
    return asked.catch((thrown: unknown) => {
      if (first === asked) first = null;
      throw thrown;
    });
  };
  return {
    anew: async () => {
      const { operations, detail } = await remember(learn());
      return { operations, detail };
    },
    readable: async () => {
      await (first ?? remember(learn()));
      return everReadable;
    },
  };
}
