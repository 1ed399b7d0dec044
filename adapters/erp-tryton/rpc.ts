// Tryton's JSON-RPC, as far as Nova speaks it: log in, call a model's method with the user's own preferences, log in anew
// when a login is gone.
import { z } from "zod";
import { TrytonRefusal } from "./refusal.ts";
import { createWire } from "./wire.ts";
import type { Wire } from "./wire.ts";

export type TrytonAccess = {
  /** Of the server: `https://erp.example/`. */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
};
export type Context = Readonly<Record<string, unknown>>;
export type Tryton = {
  /** Calls a method of a model or wizard; the preferences of the user go along, with `context` on top. */
  readonly call: (method: string, params: readonly unknown[], options?: CallOptions) => Promise<unknown>;
  /** Logs in anew: postings ask for a login of the last few minutes, and an approval takes longer than that. */
  readonly refresh: () => Promise<void>;
  readonly company: () => Promise<number>;
  /** Whose login this is: its id in Tryton. */
  readonly user: () => Promise<number>;
  readonly close: () => Promise<void>;
};
type CallOptions = { readonly context?: Context; readonly signal?: AbortSignal };

const readOnly = /\.(?:read|search_read|search_count|on_change|get_access|fields_view_get)$/u;
const Login = z.tuple([z.number().int(), z.string()]);
const Preferences = z.looseObject({ company: z.number().int() });
type Session = {
  readonly uid: number;
  readonly header: string;
  readonly preferences: z.infer<typeof Preferences>;
};

export function createTryton(access: TrytonAccess): Tryton {
  const wire = createWire(`${access.url.replace(/\/+$/u, "")}/${encodeURIComponent(access.database)}/`);
  let session: Promise<Session> | null = null;
  const drop = (used: Promise<Session>): void => {
    if (session === used) session = null;
  };
  const open = (): Promise<Session> => {
    if (session !== null) return session;
    const opening = logIn(wire, access);
    opening.catch(() => drop(opening));
    session = opening;
    return opening;
  };
  return {
    call: async (method, params, { context = {}, signal } = {}) => {
      const once = async (used: Promise<Session>): Promise<unknown> => {
        const { header, preferences } = await used;
        const all = [...params, { ...preferences, ...context }];
        return wire.send({ method, params: all, header, ...(signal === undefined ? {} : { signal }) });
      };
      const used = open();
      try {
        return await once(used);
      } catch (thrown) {
        if (!(thrown instanceof TrytonRefusal && thrown.kind === "login")) throw thrown;
        drop(used);
        // A question is asked again with a new login; what a deed came to is for whoever sent it to look for.
        if (!readOnly.test(method)) throw thrown;
        return once(open());
      }
    },
    refresh: async () => {
      session = null;
      await open();
    },
    company: async () => (await open()).preferences.company,
    user: async () => (await open()).uid,
    close: wire.close,
  };
}

async function logIn(wire: Wire, access: TrytonAccess): Promise<Session> {
  const { user, password } = access;
  const login = { method: "common.db.login", params: [user, { password }, "en"] };
  const [uid, key] = Login.parse(
    await wire.send(login).catch((thrown: unknown) => explainLogin(thrown, access)),
  );
  const header = `Session ${Buffer.from(`${user}:${uid}:${key}`).toString("base64")}`;
  const told = await wire.send({ method: "model.res.user.get_preferences", params: [true, {}], header });
  const preferences = Preferences.safeParse(told);
  if (!preferences.success)
    throw new TrytonRefusal("login", `The user ${user} works in no company of Tryton's: give it one there.`);
  return { uid, header, preferences: preferences.data };
}

function explainLogin(thrown: unknown, { url, database, user }: TrytonAccess): never {
  if (!(thrown instanceof TrytonRefusal)) throw thrown;
  const because = (sentence: string) => new TrytonRefusal("login", sentence, { cause: thrown });
  if (thrown.kind === "login")
    throw because(
      `Tryton does not accept the login of ${user}: check user and password, and restart Nova with the right ones.`,
    );
  if (thrown.kind === "fault")
    throw because(
      `Tryton at ${new URL(url).origin} has no database "${database}" that it can open: check its name.`,
    );
  throw thrown;
}
