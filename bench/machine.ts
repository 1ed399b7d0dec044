// How busy the machine was with other things. Ratios hold only on a quiet machine, so this stands beside the figures.
import { readFileSync } from "node:fs";

/** Milliseconds of processor time that all processes together have used since the machine started; null off Linux. */
export function machineCpuMs(): number | null {
  let line: string;
  try {
    line = readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "";
  } catch {
    return null;
  }
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softIrq) * 10;
}

export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
