// Who may talk to the chat page: only a page that this Nova served, opened at an address that it listens on. Stops a
// foreign site in the same browser (forged form, foreign Origin) and a rebound host name; it is no log-in.
import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

export type GuardParts = {
  /** `host:port` values that a browser may use, e.g. `127.0.0.1:4242`; asked on each request. */
  readonly allowedHosts: () => readonly string[];
  /** Secret of this boot; whoever holds the cookie was given it by `GET /`. */
  readonly session: string;
};
export type Guard = {
  /** For whatever only reads public files: the Host must be ours. */
  readonly host: MiddlewareHandler;
  /** For the stream: also the cookie, and no foreign origin. */
  readonly stream: MiddlewareHandler;
  /** For whatever does something: also an Origin, and it must be ours. */
  readonly deed: MiddlewareHandler;
  /** Gives the session's cookie to a page. */
  readonly admit: (context: Context) => void;
};

const headers = {
  "Content-Security-Policy":
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // Not `no-referrer`: with that browsers send `Origin: null`, and the origin is what is checked here.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
} as const;

const hostOf = (context: Context): string => (context.req.header("host") ?? "").toLowerCase();
/** Cookies are shared by all ports of a host, so each Nova's has its own name. */
const cookieOf = (context: Context): string => `nova_session_${hostOf(context).replace(/^.*:/u, "")}`;

function isSame(given: string | undefined, secret: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export function createGuard({ allowedHosts, session }: GuardParts): Guard {
  function whyNoHost(context: Context): string | null {
    if (allowedHosts().some((host) => host.toLowerCase() === hostOf(context))) return null;
    return "This address is not one that Nova listens on; open it by the address that Nova printed at its start.";
  }
  function whyForeign(context: Context, isOriginNeeded: boolean): string | null {
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const isOurs = origin === undefined ? !isOriginNeeded : origin === `http://${hostOf(context)}`;
    if (isOurs && (site === undefined || site === "same-origin")) return null;
    return "This request came from another site, so it was refused; use Nova's own page.";
  }
  function whyNoSession(context: Context): string | null {
    if (isSame(getCookie(context, cookieOf(context)), session)) return null;
    return "This page is from before Nova's last start; reload it.";
  }
  const refuseWhere =
    (why: (context: Context) => string | null): MiddlewareHandler =>
    async (context, next) => {
      for (const [name, value] of Object.entries(headers)) context.header(name, value);
      const refusal = why(context);
      if (refusal !== null) return context.text(refusal, 403);
      await next();
      return undefined;
    };
  return {
    host: refuseWhere(whyNoHost),
    stream: refuseWhere(
      (context) => whyNoHost(context) ?? whyForeign(context, false) ?? whyNoSession(context),
    ),
    deed: refuseWhere((context) => whyNoHost(context) ?? whyForeign(context, true) ?? whyNoSession(context)),
    admit: (context) =>
      setCookie(context, cookieOf(context), session, { httpOnly: true, sameSite: "Strict", path: "/" }),
  };
}
