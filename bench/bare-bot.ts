// The floor: what a person would write in an afternoon with the two SDKs and nothing else. It keeps nothing, checks
// nothing and remembers nothing, so a message that arrives while it stops is lost.
import Anthropic from "@anthropic-ai/sdk";
import bolt from "@slack/bolt";

const model = process.env["NOVA_MODEL"] ?? "";
const anthropic = new Anthropic({
  apiKey: process.env["ANTHROPIC_API_KEY"] ?? "",
  baseURL: process.env["ANTHROPIC_BASE_URL"] ?? "",
});
const app = new bolt.App({
  token: process.env["SLACK_BOT_TOKEN"] ?? "",
  appToken: process.env["SLACK_APP_TOKEN"] ?? "",
  socketMode: true,
  logLevel: bolt.LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env["SLACK_API_URL"] ?? "" },
});

app.message(async ({ message, say }) => {
  if (message.subtype !== undefined || message.text === undefined) return;
  const answer = await anthropic.messages.create({
    model,
    max_tokens: 1024,
    system: "You are a helpful assistant in a Slack channel. Answer briefly.",
    messages: [{ role: "user", content: message.text }],
  });
  const text = answer.content.map((block) => (block.type === "text" ? block.text : "")).join("");
  await say({ text, thread_ts: message.ts });
});

process.once("SIGTERM", () => {
  void app.stop().then(() => process.exit(0));
});
await app.start();
