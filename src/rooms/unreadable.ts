// What no agent can read is said at once, with the mend, instead of being sent to a model.

const maxCharacters = 40_000;

/** One sentence, or null when the text is fine. */
export function unreadableReason(text: string): string | null {
  if (text.trim() === "")
    return "There were no words in that message; tell me what you need, or `help` for what I can do.";
  if (text.length > maxCharacters) {
    return `That message has ${text.length.toLocaleString("en")} characters and I read at most ${maxCharacters.toLocaleString("en")}; send the part that matters.`;
  }
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/gu)?.length ?? 0;
  if (controls > 8 || controls * 20 > text.length)
    return "That looks like binary data, which I can't read as a message; send it as text.";
  return null;
}
