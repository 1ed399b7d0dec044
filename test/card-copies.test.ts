// A card in several places: each copy has an id and buttons that belong to it alone.
import { expect, test } from "vitest";
import { copyIdOf, isCopy, nonceOn } from "../src/cards/card-copies.ts";
import { editedBy, editNonce } from "../src/cards/card.ts";
import { directOf, directWith } from "../src/ids.ts";
import type { AccountId, ThreadId } from "../src/ids.ts";

const accounts: readonly AccountId[] = ["discord:1001", "slack:T1/U1001"];

test.each(accounts)("the direct messages with %s are found again by their thread", (account) => {
  expect(directWith(directOf(account))).toBe(account);
});

test("no thread that goes by an id of its own is taken for direct messages", () => {
  const threads: readonly ThreadId[] = [
    "discord:2001:2001",
    "slack:T1/D1:D1",
    "slack:T1/C1:1712.5",
    "slack:T1/@U1:@U2",
    "web:chat:chat",
  ];
  for (const thread of threads) expect(directWith(thread)).toBeNull();
});

test("A22: the buttons of a copy are no buttons of the card, nor of another copy, and fit what platforms take", () => {
  const posts = ["p-3fa2c1d0ab:card", ...accounts.map((account) => copyIdOf("p-3fa2c1d0ab", account))];
  expect(posts.map(isCopy)).toEqual([false, true, true]);
  const given = [
    "0".repeat(32),
    `${"0".repeat(32)}-0123456789ab`,
    "tick-p-3fa2c1d0ab",
    editNonce("p-3fa2c1d0ab"),
  ];
  const nonces = posts.flatMap((post) => given.map((nonce) => nonceOn(post, nonce)));
  expect(new Set(nonces).size).toBe(posts.length * given.length);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{1,80}$/u);
  expect(posts.map((post) => editedBy(nonceOn(post, editNonce("p-3fa2c1d0ab"))))).toEqual(
    posts.map(() => "p-3fa2c1d0ab"),
  );
});
