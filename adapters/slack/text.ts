// Text between Slack and Nova. Inward: Slack's markup becomes plain words. Outward: plain Markdown becomes mrkdwn in
// which nothing from a person or a model is live: `& < >` are escaped, so no mention, channel or link can be made.

/** One Slack section holds 3000 characters; the rest is room for closing and reopening a code fence. */
const sectionLimit = 2_980;
const fence = "```";

/** What a person wrote, without Slack's markup; `botUserId` is left out where it stands as a mention. */
export function toPlain(text: string, botUserId: string): string {
  return text
    .replaceAll(markup, (whole) => toWord(whole, botUserId))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

const markup = /<([@#!])?([^>|]+)(?:\|([^>]*))?>/g;

function toWord(whole: string, botUserId: string): string {
  const [, sign, id = "", label = ""] = new RegExp(markup.source).exec(whole) ?? [];
  if (sign === "@") return id === botUserId ? "" : `@${label === "" ? id : label}`;
  if (sign === "#") return `#${label === "" ? id : label}`;
  if (sign === "!") return label === "" ? `@${id}` : label;
  if (!/^(?:https?:|mailto:|tel:)/.test(id)) return whole;
  const address = id.replace(/^mailto:/, "");
  return label === "" || label === address ? address : `${label} (${address})`;
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Plain Markdown as Slack's mrkdwn, every character of the person's or model's text inert. */
export function toMrkdwn(markdown: string): string {
  const escaped = escapeText(markdown);
  if (!/[*`#[\-_]/.test(escaped)) return escaped;
  let isCode = false;
  const lines = escaped.split("\n").map((line) => {
    if (!line.trimStart().startsWith(fence)) return isCode ? line : toMrkdwnLine(line);
    isCode = !isCode;
    // Slack has no language names: it would print them as the first line of the code.
    return isCode && !line.trim().slice(3).includes(fence) ? line.replace(/```\s*[\w+-]*\s*$/, fence) : line;
  });
  return lines.join("\n");
}

function toMrkdwnLine(line: string): string {
  const heading = /^#{1,6}\s+(.+)$/.exec(line)?.[1];
  if (heading !== undefined) return `*${heading.replaceAll("*", "")}*`;
  return line
    .replace(/^(\s*)[-*]\s+/, "$1• ")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : styled(part)))
    .join("");
}

function styled(part: string): string {
  return part.replaceAll(/\*\*(.+?)\*\*/g, "*$1*").replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "$1 ($2)");
}

/** Cuts mrkdwn into pieces that each fit a section; joined with line breaks they read as the whole. */
export function toSections(mrkdwn: string): readonly string[] {
  const sections: string[] = [];
  let current = "";
  let isCode = false;
  for (const line of mrkdwn.split("\n").flatMap(cutLine)) {
    if (current !== "" && current.length + line.length + 1 > sectionLimit) {
      sections.push(isCode ? `${current}\n${fence}` : current);
      current = isCode ? `${fence}\n${line}` : line;
    } else current = current === "" ? line : `${current}\n${line}`;
    if (line.trimStart().startsWith(fence)) isCode = !isCode;
  }
  return [...sections, current].filter((section) => section.trim() !== "");
}

/** A line longer than a section, cut between words where possible and never inside a character or an escape. */
function cutLine(line: string): readonly string[] {
  const limit = sectionLimit - 100;
  const parts: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(" ", limit);
    let at = space > limit / 2 ? space + 1 : limit;
    const escape = /&[a-z]{0,3}$/.exec(rest.slice(0, at));
    if (escape !== null) at = escape.index;
    if (isLowSurrogate(rest.charCodeAt(at))) at -= 1;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
