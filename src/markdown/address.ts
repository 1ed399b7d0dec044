// Where a link really leads. Only http and https are links; words that name another place than the one they lead to are
// never put over it, so nobody is sent somewhere that they did not read.
import type { Link, Spans } from "./document.ts";

export type Address = { readonly url: string; readonly host: string };

const addressLimit = 2_000;
/** Marks that some surface would read as the end of the address or as its own markup. */
const unsafe = /[<>()[\]{}|`*~"'\\^\s]/gu;

/** Null: not an address that Nova makes clickable. A name and password before the host are how hosts are faked. */
export function parseAddress(raw: string): Address | null {
  if (raw.length > addressLimit || !/^https?:\/\//iu.test(raw) || !URL.canParse(raw)) return null;
  const parsed = new URL(raw);
  if (parsed.username !== "" || parsed.password !== "" || parsed.hostname === "") return null;
  const url = parsed.href.replaceAll(unsafe, encode);
  // The parser adds a slash to a bare host; nobody writes it.
  const isBare = parsed.pathname === "/" && parsed.search === "" && parsed.hash === "";
  const plain = isBare && !raw.endsWith("/") ? url.replace(/\/$/u, "") : url;
  return plain.length > addressLimit || /[^\x21-\x7e]/u.test(plain)
    ? null
    : { url: plain, host: parsed.host };
}

const encode = (mark: string): string =>
  `%${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;

/** Something that reads as an address or a domain: people believe it. */
const looksLikePlace = /:\/\/|www\.|[\p{L}\p{N}-]+\.\p{L}{2,}|[@\\]/iu;

/** A link as it may be shown: words that pretend to be a place stand beside the address instead of on it. */
export function toLink(label: string, { url, host }: Address): Spans {
  const words = label.replaceAll(/\s+/gu, " ").trim();
  const bare: Link = { kind: "link", label: null, host, url };
  if (words === "" || parseAddress(words)?.url === url) return [bare];
  if (isHost(words, host) || !looksLikePlace.test(words)) return [{ ...bare, label: words }];
  return [{ kind: "text", text: `${words} (` }, bare, { kind: "text", text: ")" }];
}

const isHost = (words: string, host: string): boolean =>
  words.toLowerCase() === host || words.toLowerCase() === host.replace(/^www\./u, "");

/** What stands on the link: plain words get the real host behind them. */
export function labelOf({ label, host, url }: Link): string {
  if (label === null) return url;
  return isHost(label, host) ? label : `${label} (${host})`;
}
