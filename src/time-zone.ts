// A time zone of the config, by its name in the IANA database; anything else stops the boot.
import { z } from "zod";

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
};

export const TimeZone = z.string().refine(isTimeZone, 'must be a time zone, e.g. "Europe/Berlin"');
