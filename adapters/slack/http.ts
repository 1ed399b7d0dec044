// Slack over HTTP: Bolt's receiver checks the signature and its age; Bolt accepts timestamps from the future, so that
// side of the window is closed here. Whoever serves Nova's HTTP mounts `handle` under `path`.
import type { IncomingMessage, ServerResponse } from "node:http";
import { HTTPReceiver } from "@slack/bolt";
import type { Logger } from "@slack/bolt";
import type { Clock } from "../../src/ports.ts";
import type { Report } from "./wire.ts";

export type HttpRoute = {
  readonly path: "/slack/events";
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
};

const windowSeconds = 300;
const path = "/slack/events";

export function createHttp(deps: {
  readonly signingSecret: string;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly report: Report;
  readonly isOpen: () => boolean;
}): { readonly receiver: HTTPReceiver; readonly route: HttpRoute } {
  const { signingSecret, logger, clock, report, isOpen } = deps;
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [path], logger });
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (!isOpen()) return end(response, 503);
    const sentAt = Number(request.headers["x-slack-request-timestamp"]);
    if (sentAt - clock.now() / 1000 > windowSeconds) {
      report("warn", "refused a request from the future: compare this machine's clock with Slack's");
      return end(response, 401);
    }
    if (request.method !== "POST") return end(response, 405);
    receiver.requestListener(request, response);
  };
  return { receiver, route: { path, handle } };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
