// The App Home of the fake Slack: what views.publish enforces, and what people do in the tab. A home is published for one
// person, and Nova promised to publish none that its person has not opened.
import { buttonsOf, inspectBlocks, unescapedMarkup } from "./blocks.ts";
import { isRecord, textOf } from "./core.ts";
import type { Button } from "./blocks.ts";
import type { Outcome } from "./deliveries.ts";
import type { Actor } from "./events.ts";
import type { Answer, Method } from "./web-api.ts";
import type { Team, User, World } from "./world.ts";

export interface PublishedHome {
  id: string;
  hash: string;
  user: string;
  team: string;
  view: Record<string, unknown>;
  /** How often it was published, the first time included. */
  publications: number;
}

const no = (error: string, messages: readonly string[] = []): Answer => ({
  ok: false,
  error,
  ...(messages.length === 0 ? {} : { response_metadata: { messages } }),
});
const dialogOnly = ["title", "submit", "close", "clear_on_close", "notify_on_close"];

function problemsOf(view: Record<string, unknown>, blocks: readonly string[]): string[] {
  return [
    ...blocks,
    ...dialogOnly.filter((key) => view[key] !== undefined).map((key) => `[ERROR] a home has no ${key}`),
    ...(textOf(view["private_metadata"]).length > 3000 ? ["[ERROR] private_metadata is too long"] : []),
    ...(textOf(view["callback_id"]).length > 255 ? ["[ERROR] callback_id is too long"] : []),
  ];
}

export const viewsPublish: Method = {
  run({ args, team }, { world, ledger, settings }) {
    if (!world.isHomeEnabled) return no("not_enabled");
    const user = world.users.get(textOf(args["user_id"]));
    if (user === undefined || user.teamId !== team.id) return no("user_not_found");
    const { view } = args;
    if (!isRecord(view) || view["type"] !== "home") return no("invalid_arguments");
    if (JSON.stringify(view).length > 250_000) return no("view_too_large");
    const report = inspectBlocks(view["blocks"], 100);
    const problems = problemsOf(view, report.errors);
    if (problems.length > 0) return no("invalid_arguments", problems);
    const known = world.homes.get(user.id);
    if (args["hash"] !== undefined && args["hash"] !== known?.hash) return no("hash_conflict");
    world.homePublications += 1;
    if (world.homePublications > settings.homesPerMinute) return no("ratelimited");
    for (const markup of report.liveTexts.flatMap(unescapedMarkup)) {
      if (!settings.allowMarkup(markup)) ledger.violate("house", "live markup in views.publish", markup);
    }
    if (!world.openedHomes.has(user.id))
      ledger.violate("house", "published a home that its person has not opened", user.id);
    const home: PublishedHome = {
      id: known?.id ?? world.nextId("V"),
      hash: world.nextTs(),
      user: user.id,
      team: team.id,
      view,
      publications: (known?.publications ?? 0) + 1,
    };
    world.homes.set(user.id, home);
    ledger.record({ kind: "stored", name: "views.publish", body: home });
    return { ok: true, view: outputOf(home, world) };
  },
};

const outputOf = ({ id, hash, team, view }: PublishedHome, world: World): Record<string, unknown> => ({
  ...view,
  id,
  hash,
  team_id: team,
  root_view_id: id,
  app_id: world.appId,
});

/** `tab`: which of the app's tabs the person entered. */
function toHomeOpened(user: User, world: World, tab: "home" | "messages"): Record<string, unknown> {
  const known = world.homes.get(user.id);
  return {
    type: "app_home_opened",
    user: user.id,
    channel: world.dmOf(user.id, user.teamId).id,
    event_ts: world.nextTs(),
    tab,
    // Only a Home tab that was published before comes with its view.
    ...(tab === "messages" || known === undefined ? {} : { view: outputOf(known, world) }),
  };
}

export interface HomeDrivers {
  /** Enters a tab of Nova's App Home. */
  openHome: (tab?: "home" | "messages") => Promise<Outcome>;
  /** Presses a button of the Home tab as it stands now. */
  clickHome: (label: string) => Promise<Outcome>;
  forgeHomeClick: (button: Partial<Button>, metadata?: string) => Promise<Outcome>;
}

interface Parts {
  user: User;
  world: World;
  announceHome: (event: Record<string, unknown>) => Promise<Outcome>;
  interact: (payload: Record<string, unknown>) => Promise<Outcome>;
  actor: () => Actor;
}

export function driveHome({ user, world, announceHome, interact, actor }: Parts): HomeDrivers {
  const forgeHomeClick: HomeDrivers["forgeHomeClick"] = async (button, metadata) => {
    const home = world.homes.get(user.id);
    if (home === undefined) throw new Error(`${user.name} has no home`);
    const view =
      metadata === undefined ? home : { ...home, view: { ...home.view, private_metadata: metadata } };
    return interact(toHomeAction(actor(), view, button));
  };
  return {
    async openHome(tab = "home") {
      if (!world.isHomeEnabled && tab === "home") throw new Error("the Home tab is switched off");
      if (tab === "home") world.openedHomes.add(user.id);
      return announceHome(toHomeOpened(user, world, tab));
    },
    async clickHome(label) {
      const { blocks } = world.homes.get(user.id)?.view ?? {};
      const buttons = buttonsOf(Array.isArray(blocks) ? blocks : []);
      const button = buttons.find((one) => one.label === label);
      if (button === undefined)
        throw new Error(
          `there is no button "${label}" in the home; it offers: ${buttons.map((one) => one.label).join(", ")}`,
        );
      return forgeHomeClick(button);
    },
    forgeHomeClick,
  };
}

const teamOf = (team: Team) => ({ id: team.id, domain: team.domain });

/** A press in a view: no channel, no message. */
function toHomeAction(
  { user, team, triggerId, world }: Actor,
  home: PublishedHome,
  button: Partial<Button>,
): Record<string, unknown> {
  return {
    type: "block_actions",
    token: "verification-token",
    api_app_id: world.appId,
    team: teamOf(team),
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    container: { type: "view", view_id: home.id },
    trigger_id: triggerId,
    view: outputOf(home, world),
    actions: [
      {
        type: "button",
        action_id: button.actionId ?? "forged",
        block_id: button.blockId ?? "forged",
        value: button.value ?? "",
        action_ts: world.nextTs(),
        text: { type: "plain_text", text: button.label ?? "" },
      },
    ],
  };
}

/** Everything the person reads in the Home tab now, as one text. */
export function homeText(world: World, userId: string): string {
  const blocks = world.homes.get(userId)?.view["blocks"];
  return Array.isArray(blocks) ? JSON.stringify(blocks) : "";
}
