// What no agent can read is said at once, with the mend, instead of being sent to a model.

const maxCharacters = 40_000;

/** One sentence, or null when the text is fine. */
export function unreadableReason(text: string): string | null {
  if (text.trim() === "")
    return "There were no words in that message; tell me what you need, or `help` for what I can do.";
  if (text.length > maxCharacters) {
    return `That message has ${text.length.toLocaleString("en")} characters and I read at most ${maxCharacters.toLocaleString("en")}; send the part that matters.`;
  }
  const controls = controlsIn(text);
  if (controls > 8 || controls * 20 > text.length)
    return "That looks like binary data, which I can't read as a message; send it as text.";
  return null;
}

/** Characters that no keyboard writes: controls except tab and line ends, and what is left of invalid UTF-8. */
function controlsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 9 || (unit > 13 && unit < 32) || unit === 0xfffd) count += 1;
  }
  return count;
}
