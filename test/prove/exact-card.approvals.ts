// Ten thousand payloads as whoever is hostile would write them: what is seen is what is signed.
import { test } from "vitest";
import { provesApart, provesBound } from "./exact-card.ts";

test("A2 what the details show letter for letter hashes to exactly what the approval binds (10,000 payloads)", () => {
  provesBound(10_000);
}, 170_000);

test("A2 two payloads that differ in one letter never show the same (10,000 pairs)", () => {
  provesApart(10_000);
}, 170_000);
