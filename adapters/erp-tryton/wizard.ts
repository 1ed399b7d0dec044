// Tryton's dialogs, walked through as its own client does: a dialog wants every field of its form back, those that Nova
// fills and those that it only saw.
import { z } from "zod";
import type { Tryton } from "./rpc.ts";

type Step = {
  /** The form that the dialog is expected to show. */
  readonly state: string;
  readonly fill: Readonly<Record<string, unknown>>;
  readonly button: string;
};
type Walk = {
  readonly name: string;
  readonly on: { readonly model: string; readonly id: number };
  readonly steps: readonly Step[];
  readonly signal: AbortSignal;
};

const Opened = z.tuple([z.int(), z.string()], z.unknown());
const Shown = z.object({
  view: z
    .object({
      state: z.string(),
      defaults: z.record(z.string(), z.unknown()),
      fields_view: z.object({ fields: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
});

/** Throws when the dialog shows another form than expected; what it has done by then is for reading back to find out. */
export async function runWizard(tryton: Tryton, { name, on, steps, signal }: Walk): Promise<void> {
  const [session, start] = Opened.parse(await tryton.call(`wizard.${name}.create`, []));
  const context = { active_model: on.model, active_id: on.id, active_ids: [on.id] };
  const execute = async (data: object, state: string): Promise<z.infer<typeof Shown>> =>
    Shown.parse(await tryton.call(`wizard.${name}.execute`, [session, data, state], { context, signal }));
  try {
    let shown = await execute({}, start);
    const data: Record<string, unknown> = {};
    for (const step of steps) {
      const { view } = shown;
      if (view?.state !== step.state)
        throw new Error(`Tryton's ${name} shows ${view?.state ?? "nothing"} instead of ${step.state}.`);
      data[step.state] = { ...formOf(view), ...step.fill };
      shown = await execute(data, step.button);
    }
    if (shown.view !== undefined) throw new Error(`Tryton's ${name} asks for more than Nova can say.`);
  } finally {
    // A dialog that is left open stays in Tryton. What it came to is not judged by whether it could be closed.
    await tryton.call(`wizard.${name}.delete`, [session]).catch(() => null);
  }
}

function formOf(view: NonNullable<z.infer<typeof Shown>["view"]>): Record<string, unknown> {
  const names = Object.keys(view.fields_view.fields).filter((field) => !field.endsWith("."));
  return Object.fromEntries(names.map((field): [string, unknown] => [field, view.defaults[field] ?? null]));
}
