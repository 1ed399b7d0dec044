// The patience of the fakes: it ends, it can be called off, and a pause of the whole process is not counted.
import { expect, test } from "vitest";
import { afterAwake } from "./awake.ts";
import { holds } from "./holds.ts";

/** Nothing else happens in this process for so long. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("ends when its time has passed, and never when it was called off", async () => {
  const ended: string[] = [];
  afterAwake(20, () => ended.push("first"));
  afterAwake(10, () => ended.push("never"))();
  afterAwake(60, () => ended.push("second"));
  await holds(() => expect(ended).toEqual(["first", "second"]));
});

test("does not count a pause of the whole process", async () => {
  const ended: string[] = [];
  const order = Promise.withResolvers<void>();
  afterAwake(200, () => ended.push("patience"));
  setTimeout(() => {
    ended.push("timer");
    order.resolve();
  }, 200);
  pause(300);
  await order.promise;
  expect(ended).toEqual(["timer"]);
  await holds(() => expect(ended).toEqual(["timer", "patience"]));
});
