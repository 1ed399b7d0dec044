// The Slack app that Nova is, as the manifest that people paste into Slack: made from what the adapter hears, asks for and
// offers, so that it can't fall behind. `config/slack-manifest.yaml` is this text; a test holds the two together.
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import { neededScopes } from "./scopes.ts";

/** Every event that `inbound` reads. */
export const events: readonly string[] = [
  "app_mention",
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
  "reaction_added",
  "reaction_removed",
  "app_home_opened",
];

const head = `# The Slack app that Nova is: paste this under "Create New App > From a manifest" at https://api.slack.com/apps.
# Socket Mode is on, so no public address is needed. For HTTP instead: set socket_mode_enabled to false, put
# https://YOUR-HOST/slack/events as request_url into event_subscriptions, interactivity and the slash command's url,
# and give Nova SLACK_SIGNING_SECRET in place of SLACK_APP_TOKEN.
# Made by adapters/slack/manifest.ts; after a change there: npx vitest run test/adapters/slack-manifest.test.ts -u
display_information:
  name: Nova
  description: One assistant of many scoped agents. Nothing with consequences happens without your approval.
  background_color: "#1f2933"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: Nova
    always_online: false
  shortcuts:
`;
const middle = `  slash_commands:
    - command: /nova
      description: Ask an agent, run a pipeline, see what is waiting
      usage_hint: "help | ask [agent] text | run <pipeline> | agents | board | approvals"
      should_escape: true
oauth_config:
  scopes:
    bot:
`;
const foot = `  interactivity:
    is_enabled: true
  org_deploy_enabled: false
  socket_mode_enabled: true
  token_rotation_enabled: false
`;

export function slackManifest(): string {
  const menus = shortcuts.map(
    ({ id, label, about }) =>
      `    - name: ${label}\n      type: message\n      callback_id: ${id}\n      description: ${about}\n`,
  );
  const scopes = Object.entries(neededScopes).map(([scope, why]) => `      # To ${why}\n      - ${scope}\n`);
  const subscribed = events.map((event) => `      - ${event}\n`);
  return [
    head,
    ...menus,
    middle,
    ...scopes,
    "settings:\n  event_subscriptions:\n    bot_events:\n",
    ...subscribed,
    foot,
  ].join("");
}
