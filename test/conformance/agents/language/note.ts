// The other agent, to whom the one that writes reports hands on what is none: a roster of one can decline nothing.
import { language } from "#nova";
import edit from "../../../../agents/language/edit.ts";

export default language({
  ...edit,
  declines: edit.declines.map(({ text }) => ({ text, instead: "language/report" })),
});
