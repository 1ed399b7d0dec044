// The five surfaces by name, apart from what opens them: whoever prints a table of them needs no adapter.
export const surfaceNames = ["discord", "slack-socket", "slack-http", "web", "terminal"] as const;
export type SurfaceName = (typeof surfaceNames)[number];
