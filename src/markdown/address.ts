// Where a link really leads. Only http and https are links; words that name another place than the one they lead to are
// never put over it, so nobody is sent somewhere that they did not read.
import type { Span, Spans } from "./document.ts";

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

/**
 * A link as it may be shown. Plain words get the real host behind them; words that pretend to be a place stand beside
 * the address instead of on it, unless they are that very place.
 */
export function toLink(label: string, { url, host }: Address): Spans {
  const words = label.replaceAll(/\s+/gu, " ").trim();
  if (words === "" || parseAddress(words)?.url === url) return [{ kind: "link", label: null, url }];
  const isHost = words.toLowerCase() === host || words.toLowerCase() === host.replace(/^www\./u, "");
  if (isHost) return [{ kind: "link", label: words, url }];
  if (!looksLikePlace.test(words)) return [{ kind: "link", label: `${words} (${host})`, url }];
  const beside: Span = { kind: "link", label: null, url };
  return [{ kind: "text", text: `${words} (` }, beside, { kind: "text", text: ")" }];
}
