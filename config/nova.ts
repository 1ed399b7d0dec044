// Your Nova: who you are, what your channels are about, which ERP a project uses. Everything here is a sample that works
// as it stands, without any account; change it freely.
import { defineConfig } from "../src/config.ts";
import { clientSites } from "./projects/client-sites.ts";
import { erpProduct } from "./projects/erp-product.ts";
import { ownSite } from "./projects/own-site.ts";
import { signageMarketplace } from "./projects/signage-marketplace.ts";
import { sparePartsShop } from "./projects/spare-parts-shop.ts";

export default defineConfig({
  people: [{ name: "Kit", ids: ["terminal:me", "web:me"], role: "owner" }],
  // One file each; a line less here is a project less, and nothing else changes.
  projects: [sparePartsShop, erpProduct, signageMarketplace, clientSites, ownSite],
  erps: { main: { kind: "embedded", sample: true } },
  approvals: { expireAfter: "24h" },
  budgets: { perTurn: 0.5, perPersonPerDay: 5, perDay: 20 },
});
