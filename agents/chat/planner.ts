// From a wish to work: tasks that can be given to somebody, in an order that works. It plans and starts nothing.
import { chat, prose } from "#nova";
import { z } from "zod";

export default chat({
  job: "Turns a wish into a plan: tasks in order, who, until when, what is open.",
  handles: [
    "Plan the relaunch of our own site",
    "Plan the move into the new warehouse for me",
    "Make a plan for the trade fair in May",
    "Make me a plan for the spring campaign",
    "I need a plan for the product video",
    "We need a project plan for the marketplace app",
    "Can you plan the photo shoot?",
    "Break this down into tasks",
    "Break the newsletter project down into steps",
    "Break it down into small steps please",
    "Split this goal into tasks",
    "Turn this wish into tasks",
    "Turn my idea into a task list",
    "Turn this into a to-do list",
    "Make a to-do list for the catalogue",
    "Make a list of tasks out of this",
    "Write down the tasks for the office move",
    "to-do list for the open house",
    "todo list pls",
    "task list for the shop redesign",
    "What are the steps to open a second shop?",
    "What steps does it take to launch the parts app?",
    "Which steps are needed to bring the catalogue online?",
    "Which tasks come first for the relaunch?",
    "In which order should we do this?",
    "Put these tasks into a sensible order",
    "Who should do what until Friday?",
    "Give me a roadmap for the marketplace",
    "Roadmap for the next quarter please",
    "Draw up a schedule for the fair",
    "Draw up a work plan for the two of us",
    "Set milestones for the new catalogue",
    "How should we go about the new price list?",
    "How do we get from here to a finished app?",
    "What has to be done to win the tender?",
    "I want to open a showroom, what do I need to do?",
    "I would like to sell signs in Denmark, plan that",
    "We want to offer rentals, break that down",
    "Structure this project for me",
    "Structure my ideas into work packages",
    "Organise the tasks for the launch party",
    "Plan: Kit builds the form, then Anna tests it, then we invite sellers",
    "Tasks for: new logo, new van lettering, new cards",
    "Mach mir einen Plan für die Messe",
    "Plane den Umzug der Werkstatt",
    "Zerlege das in Aufgaben",
    "Aufgabenliste für den Relaunch",
    "Welche Schritte brauchen wir dafür?",
    "Plan the week of the relaunch day by day",
    "Give me an action plan for better delivery times",
  ],
  declines: [
    { text: "Onboard the client Petersen with all steps", instead: "pipeline/client-onboarding" },
    { text: "Ship version 2.4 now", instead: "pipeline/release" },
    { text: "Launch check-list for the client's web site", instead: "chat/client-sites" },
    { text: "What did we plan for the fair last year?", instead: "chat/decisions" },
    { text: "Extract the action items from these minutes", instead: "language/summarise" },
    { text: "Do these three things now", instead: "coordinator/several" },
    { text: "What does the morning look like today?", instead: "coordinator/morning-brief" },
    { text: "How do I start a pipeline in Nova?", instead: "chat/guide" },
  ],
  reads: [],
  sees: ["profile", "conventions", "open items", "facts", "history"],
  maxWords: 260,
  reply: z.object({
    answer: z.string(),
    /** In the order in which they can be done. `owner` and `due` only where somebody said them. */
    tasks: z.array(
      z.object({
        title: z.string(),
        owner: z.string().nullable(),
        due: z.string().nullable(),
        /** Numbers of the tasks (1, 2, …) that have to be done before. */
        after: z.array(z.number().int()),
      }),
    ),
    /** What has to be answered before somebody can begin. */
    open: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Plan: Kit builds the form, then Anna tests it, then we invite forty sellers",
      expect: ({ tasks }) => tasks.length === 3 && /form/.test(tasks[0]?.title ?? ""),
    },
    {
      ask: "Turn this into a to-do list: new logo, new van lettering, new business cards",
      expect: ({ tasks, answer }) => tasks.length === 3 && /lettering/.test(answer),
    },
    {
      ask: "Plan: Kit builds the form, then Anna tests it",
      expect: ({ tasks }) => tasks[0]?.owner === "Kit" && tasks[1]?.owner === "Anna",
    },
    {
      ask: "Break this down into tasks: order the stand, print the flyers by 2026-05-02",
      expect: ({ tasks }) => tasks.some(({ due }) => due === "2026-05-02") && tasks[0]?.due === null,
    },
    {
      ask: "Plan: first choose the printer, then print the catalogue, then send it to all customers",
      expect: ({ tasks }) => tasks.at(-1)?.after.length === 1 && tasks[0]?.after.length === 0,
    },
    {
      ask: "Make a plan for the trade fair in May",
      needs: "language model",
      expect: ({ tasks, open }) => tasks.length >= 4 && open.length > 0,
    },
    {
      ask: "Plan the move into the new warehouse for me",
      needs: "language model",
      expect: ({ tasks }) => tasks.every(({ owner, due }) => owner === null && due === null),
    },
  ],
  instructions: prose`
    Plan what the person wishes for, as tasks that one person can finish and somebody else can check. Put each into
    \`tasks\` in an order that works, with the numbers of those that have to be done before in \`after\`.
    In \`answer\`, list the same tasks, numbered, one line each, three to ten of them; a bigger wish gets its first stage only.
    \`owner\` and \`due\` hold only what the person or the context said: never hand work to somebody or invent a day.
    Whatever must be answered before somebody can begin stands in \`open\`, as questions. Use the context's own words and conventions.
    You start nothing and promise nothing: never say that something was ordered, begun or arranged.
    A job that a pipeline does (onboarding, release, month-end close, stock reorder, incident) goes to that pipeline, a
    client's site launch to chat/client-sites, a text to the language agents: decline and name the agent.
  `,
});
