// Every time and limit of the strict Discord fake. `realSettings` are the documented values; `quickSettings`
// only shorten what a test would otherwise have to sit out. Nothing here loosens a rule.

export interface Settings {
  /** An interaction must be answered within this time from its dispatch. */
  readonly ackMs: number;
  /** An interaction token works this long after its dispatch. */
  readonly tokenMs: number;
  /** A repeated nonce with enforce_nonce returns the earlier message for this long. */
  readonly nonceWindowMs: number;
  readonly heartbeatMs: number;
  /** A dropped session can be resumed for this long. */
  readonly resumeTtlMs: number;
  /** One IDENTIFY per gap (max_concurrency 1). */
  readonly identifyGapMs: number;
  /** IDENTIFYs left before the token is reset. */
  readonly identifyBudget: number;
  /** Between op 7 and the server closing the socket. */
  readonly reconnectGraceMs: number;
  /** Requests per bucket (method + route + major id) and window. */
  readonly bucketLimit: number;
  readonly bucketWindowMs: number;
  readonly globalPerSecond: number;
  /** Intents that are privileged and enabled for this bot. */
  readonly privilegedIntents: number;
  /** Messages older than this take only `oldEditLimit` edits. */
  readonly oldEditAgeMs: number;
  readonly oldEditLimit: number;
  /** Reads see writes only after this time. */
  readonly readLagMs: number;
  readonly commandCreatesPerDay: number;
}

const MESSAGE_CONTENT = 1 << 15;

const realSettings: Settings = {
  ackMs: 3_000,
  tokenMs: 900_000,
  nonceWindowMs: 300_000,
  heartbeatMs: 41_250,
  resumeTtlMs: 180_000,
  identifyGapMs: 5_000,
  identifyBudget: 1_000,
  reconnectGraceMs: 3_000,
  bucketLimit: 5,
  bucketWindowMs: 5_000,
  globalPerSecond: 50,
  privilegedIntents: MESSAGE_CONTENT,
  oldEditAgeMs: 3_600_000,
  oldEditLimit: 30,
  readLagMs: 0,
  commandCreatesPerDay: 200,
};

export const quickSettings: Settings = {
  ...realSettings,
  heartbeatMs: 5_000,
  identifyGapMs: 0,
  reconnectGraceMs: 50,
  bucketLimit: 1_000,
  bucketWindowMs: 1_000,
  globalPerSecond: 1_000,
};

/** An application's public flags say whether its bot may read content: `GATEWAY_MESSAGE_CONTENT_LIMITED`. */
export const applicationFlags = ({ privilegedIntents }: Settings): { readonly flags: number } => ({
  flags: (privilegedIntents & MESSAGE_CONTENT) === 0 ? 0 : 1 << 19,
});
