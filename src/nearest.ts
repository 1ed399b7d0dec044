// "Did you mean": the known names closest to one that is not known. Used where an unknown name is an error.

/** Levenshtein distance over characters, ignoring case. */
function editDistance(left: string, right: string): number {
  const to = Array.from(right.toLowerCase());
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, character] of Array.from(left.toLowerCase()).entries()) {
    const next = [at + 1];
    for (const [column, other] of to.entries()) {
      const swap = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Up to `limit` names, closest first; ties in the order of the alphabet. */
export function nearestNames(wanted: string, known: readonly string[], limit = 3): readonly string[] {
  // An id such as `erp/stock` is often typed without its folder.
  const distanceTo = (name: string): number =>
    Math.min(editDistance(wanted, name), editDistance(wanted, name.slice(name.indexOf("/") + 1)));
  return known
    .map((name) => ({ name, distance: distanceTo(name) }))
    .sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}
