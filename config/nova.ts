// Your Nova: who you are, what your channels are about, which ERP a project uses. Everything here is a sample that works
// as it stands, without any account; change it freely.
import { defineConfig } from "../src/config.ts";

export default defineConfig({
  people: [{ name: "Kit", ids: ["terminal:me", "web:me"], role: "owner" }],
  projects: [
    {
      id: "sweeper-parts",
      name: "Sweeper Parts",
      // Add a Discord channel ("discord:<channel id>") or a Slack one ("slack:<team id>/<channel id>") beside these.
      channels: ["terminal:main", "web:chat"],
      agents: ["*"],
      erp: "main",
    },
  ],
  erps: { main: { kind: "embedded", sample: true } },
  approvals: { expireAfter: "24h" },
  budgets: { perTurn: 0.5, perPersonPerDay: 5, perDay: 20 },
});
