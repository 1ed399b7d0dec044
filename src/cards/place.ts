// Where a deed happens, as a person would say it: the ERP, or a tool server by its name.
import type { ErpCommand } from "../ports.ts";

export const placeOf = ({ connector, instance }: Pick<ErpCommand, "connector" | "instance">): string =>
  connector === "mcp" ? `the server ${instance.slice(instance.indexOf("/") + 1)}` : "the ERP";
