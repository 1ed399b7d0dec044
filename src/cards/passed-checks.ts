// Checks as a phone shows them: what passed is named in one line, what did not is told in full. The details of a proposal
// tell all of them.

const passed = "✓ ";

/** Keeps every check's name; only the figures of those that passed are left to the details. */
export function toPhoneChecks(checks: readonly string[]): readonly string[] {
  const names = checks.filter((check) => check.startsWith(passed)).map(nameOf);
  const others = checks.filter((check) => !check.startsWith(passed));
  if (names.length < 2) return checks;
  return [...others, passed + names.join(", ")];
}

function nameOf(check: string): string {
  const colon = check.indexOf(": ");
  return colon === -1 ? check.slice(passed.length) : check.slice(passed.length, colon);
}
