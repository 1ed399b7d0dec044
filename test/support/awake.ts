// A platform's patience, counted in time that this process was given: Nova and the fake share one loop, so a machine that
// pauses both of them (other work on the same cores) says nothing of how long Nova took.

/** Runs after that many ms of a loop that turns; a pause counts as at most two ticks of it. Gives what calls it off. */
export function afterAwake(ms: number, run: () => void): () => void {
  const tickMs = Math.min(50, ms / 4);
  let left = ms;
  let lastAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    left -= Math.min(now - lastAt, 2 * tickMs);
    lastAt = now;
    if (left > 0) return;
    clearInterval(timer);
    run();
  }, tickMs);
  return () => clearInterval(timer);
}
