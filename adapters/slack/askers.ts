// Who used a command or a menu, while it is answered: the one to answer alone when Nova may not write where it was used.
// Kept in memory only: after a restart such an answer is reported as undeliverable, like any other.

export type Askers = {
  readonly remember: (messageId: string, user: string) => void;
  readonly of: (messageId: string | null) => string | null;
};

const remembered = 1_000;

export function createAskers(): Askers {
  const users = new Map<string, string>();
  return {
    remember: (messageId, user) => {
      users.set(messageId, user);
      const [oldest] = users.keys();
      if (users.size > remembered && oldest !== undefined) users.delete(oldest);
    },
    of: (messageId) => users.get(messageId ?? "") ?? null,
  };
}
