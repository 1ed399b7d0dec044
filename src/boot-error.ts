// What stops a start: one sentence that names what is wrong and how to mend it, fit to be shown as it stands.
// Thrown only before Nova hears its first message; after that, failures are members of the closed list.
export class BootError extends Error {
  constructor(sentence: string, options: { readonly cause?: unknown } = {}) {
    super(sentence, options);
    this.name = "BootError";
  }
}
