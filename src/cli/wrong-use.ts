// A command that was typed wrongly: one sentence, and 2 instead of 1, so that a script can tell it from what went wrong later.
import { BootError } from "../boot-error.ts";

export class WrongUse extends BootError {}
