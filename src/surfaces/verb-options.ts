// What each verb takes, in the order in which it is typed: surfaces with native commands offer a field for each, and
// complete those that name something. A verb that is not in here takes one text, as its usage says.
import type { VerbOption } from "../ports.ts";

const text = (about: string): VerbOption => ({ name: "text", about, isRequired: true, suggests: null });

export const verbOptions: Readonly<Record<string, readonly VerbOption[]>> = {
  ask: [
    {
      name: "agent",
      about: "Who should answer; leave it out and I choose",
      isRequired: false,
      suggests: "agents",
    },
    text("What you want to know or have done"),
  ],
  run: [
    { name: "pipeline", about: "Which pipeline", isRequired: true, suggests: "pipelines" },
    {
      name: "inputs",
      about: "key=value …; leave it out and I show a form",
      isRequired: false,
      suggests: null,
    },
  ],
  agents: [
    {
      name: "agent",
      about: "Whose trust to show in full; leave it out and I list everybody",
      isRequired: false,
      suggests: "agents",
    },
  ],
  remember: [text("What to remember for this project")],
  decide: [text("What was decided")],
  forget: [{ name: "fact", about: "Which fact", isRequired: true, suggests: "facts" }],
  stop: [
    {
      name: "run",
      about: "Which run; leave it out and I stop what I am working on here",
      isRequired: false,
      suggests: "runs",
    },
  ],
};
