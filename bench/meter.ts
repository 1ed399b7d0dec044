// Loaded into each measured process before anything else: says, when asked over IPC, how much processor time and memory
// the process has used. It does nothing in between, and never keeps the process alive.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1_048_576 });
});
process.channel?.unref();
