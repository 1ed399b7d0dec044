// A time limit for a whole call to Slack, from its first byte to the last one of its answer: undici's own limits begin anew
// with every byte, so an answer that trickles would hold its thread for ever.

/** `run` gets the signal that ends it; rejects when that took longer than `limitMs`. */
export async function wholeWithin<T>(limitMs: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const overdue = new AbortController();
  const timer = setTimeout(() => {
    overdue.abort(new Error(`Slack gave no whole answer within ${limitMs} ms`));
  }, limitMs);
  try {
    return await run(overdue.signal);
  } finally {
    clearTimeout(timer);
  }
}
