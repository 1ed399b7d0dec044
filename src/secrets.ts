// Secrets stay where they are used: whatever an ERP or a tool server says, in a result or in an error, reaches cards, the
// journal, logs and models with `[secret:NAME]` in the place of every secret of the environment. Hashes cover that reference.
import type { Config } from "./config.ts";
import { refusedArgs } from "./approvals/secret-args.ts";
import type { Erp, ErpPage, Json, Prepared, PrepareResult, Reported } from "./ports.ts";

/** Names under which the environment keeps what nobody should read. */
const secretName = /TOKEN|SECRET|KEY|PASSWORD|PASSWD|CREDENTIAL/u;
/** Shorter ones would be found in ordinary words. */
const shortest = 8;

export type Redact = (text: string) => string;

/** `more`: names that a config gives to its secrets, whatever they are called. */
export function createRedaction(
  environment: Readonly<Record<string, string | undefined>>,
  more: readonly string[] = [],
): Redact {
  const secrets = Object.entries(environment).flatMap(([name, value]): (readonly [string, string])[] => {
    if (value === undefined || !(secretName.test(name) || more.includes(name))) return [];
    // A pair such as `key:secret` gives each half away too.
    const forms = [value, ...value.split(":")].flatMap(formsOf);
    return forms.filter((form) => form.length >= shortest).map((form) => [name, form] as const);
  });
  const passwords = Object.entries(environment).flatMap(([name, value]) =>
    formsOf(passwordIn(value ?? "")).flatMap((form): (readonly [string, string])[] =>
      form.length >= shortest ? [[name, form]] : [],
    ),
  );
  const longestFirst = [...secrets, ...passwords].toSorted(
    ([, left], [, right]) => right.length - left.length,
  );
  return (text) =>
    longestFirst.reduce((soFar, [name, value]) => soFar.replaceAll(value, `[secret:${name}]`), text);
}

/** As it is, as an address and a JSON text carry it, and in the usual wrappings. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const [base64, base64url] = [bytes.toString("base64").replace(/=+$/u, ""), bytes.toString("base64url")];
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), inJson, base64, base64url, bytes.toString("hex")];
}

/** An address such as a database's has one inside, whatever its variable is called. */
function passwordIn(value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]*@/iu.test(value) || !URL.canParse(value)) return "";
  return decodeURIComponent(new URL(value).password);
}

/** For everything that this config opens: where it names a variable of the environment, that is a secret whatever it is called. */
export function redactionFor(
  { erps, mcp }: Pick<Config, "erps" | "mcp">,
  environment: Readonly<Record<string, string | undefined>>,
): Redact {
  const inErps = Object.values(erps).flatMap((erp) =>
    Object.values<unknown>(erp).flatMap((value) =>
      typeof value === "string" && /^[A-Z][A-Z0-9_]*$/u.test(value) ? [value] : [],
    ),
  );
  const inServers = Object.values(mcp).flatMap(({ env, bearer }) => [
    ...env,
    ...(bearer === undefined ? [] : [bearer]),
  ]);
  return createRedaction(environment, [...inErps, ...inServers]);
}

/** The same ERP, whose words hold no secret, and that prepares no command with one in it. */
export function withoutSecrets(erp: Erp, redact: Redact): Erp {
  const said = async <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((thrown: unknown) => {
      throw clean(thrown, redact);
    });
  return {
    connector: erp.connector,
    name: erp.name,
    capabilities: () => erp.capabilities(),
    probe: async () => {
      const { operations, detail } = await said(erp.probe());
      return { operations, detail: redact(detail) };
    },
    query: async (query) => {
      const page = await said(erp.query(query));
      return isClean(page, redact) ? page : cleanPage(page, redact);
    },
    prepare: async (command) => {
      const refused = refusedArgs(command, redact);
      if (refused !== null) return refused;
      const result = await said(erp.prepare(command));
      return isClean(result, redact) ? result : cleanPreview(result, redact);
    },
    execute: async (approval, prepared, options) =>
      cleanReport(await said(erp.execute(approval, prepared, options)), redact),
    verify: async (prepared, actionId) => said(erp.verify(prepared, actionId)),
    reconcile: async (actionId, notBeforeMs) => said(erp.reconcile(actionId, notBeforeMs)),
    compensate: async (prepared, actionId) => said(erp.compensate(prepared, actionId)),
    close: async () => erp.close(),
  };
}

const isClean = (value: unknown, redact: Redact): boolean => {
  const text = JSON.stringify(value);
  return redact(text) === text;
};

/** Message, stack and causes; what is not an error becomes one, because its words are all that is known of it. */
export function clean(thrown: unknown, redact: Redact): unknown {
  if (!(thrown instanceof Error)) return new Error(redact(String(thrown)));
  thrown.message = redact(thrown.message);
  if (thrown.stack !== undefined) thrown.stack = redact(thrown.stack);
  if (thrown.cause !== undefined) thrown.cause = clean(thrown.cause, redact);
  return thrown;
}

/** Every text in it, wherever it stands. */
export function cleanTexts(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((one) => cleanTexts(one, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redact(name), cleanTexts(inner, redact)]),
  );
}

const cleanReport = (reported: Reported, redact: Redact): Reported => ({
  ...reported,
  detail: redact(reported.detail),
});

function cleanPreview(result: PrepareResult, redact: Redact): PrepareResult {
  return result.kind === "refused"
    ? { ...result, why: redact(result.why) }
    : { kind: "prepared", prepared: cleanPrepared(result.prepared, redact) };
}

function cleanPrepared(prepared: Prepared, redact: Redact): Prepared {
  const orNull = (text: string | null): string | null => (text === null ? null : redact(text));
  return {
    ...prepared,
    summary: redact(prepared.summary),
    changes: prepared.changes.map(({ record, label, before, after }) => ({
      record: redact(record),
      label: redact(label),
      before: orNull(before),
      after: orNull(after),
    })),
    deltas: prepared.deltas.map((delta) => ({ ...delta, label: redact(delta.label) })),
    guards: prepared.guards.map((guard) => ({ ...guard, detail: redact(guard.detail) })),
    warnings: prepared.warnings.map(redact),
    undo: orNull(prepared.undo),
  };
}

function cleanPage(page: ErpPage, redact: Redact): ErpPage {
  const cell = (value: Json): Json => (typeof value === "string" ? redact(value) : value);
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      ...Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])),
    })),
  };
}
