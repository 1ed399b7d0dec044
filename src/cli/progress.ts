// How far a long command is: at a terminal one line that is rewritten, elsewhere plain lines. On stderr, so that what is
// measured can be piped on.
export type Progress = {
  readonly show: (at: { readonly done: number; readonly of: number; readonly words: string }) => void;
  /** Takes the rewritten line away again; what comes next begins on a clean one. */
  readonly end: () => void;
};
export type ProgressStream = {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
};

const barCells = 24;
const clearLine = "\r\u001B[2K";
const fallbackColumns = 80;
const sharesSaid = 10;

/** Whoever wants no colours, or has a terminal that can't, wants no rewritten line either. */
export function createProgress(
  stream: ProgressStream,
  environment: Readonly<Record<string, string | undefined>>,
): Progress {
  const isPlain = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  return stream.isTTY === true && !isPlain ? barOn(stream) : linesOn(stream);
}

function barOn(stream: ProgressStream): Progress {
  // Some terminals say nothing of their width, and some say nought.
  const columns = stream.columns !== undefined && stream.columns > 0 ? stream.columns : fallbackColumns;
  return {
    show: ({ done, of, words }) => {
      const full = of === 0 ? barCells : Math.floor((done / of) * barCells);
      const line = `[${"#".repeat(full)}${".".repeat(barCells - full)}] ${done} of ${of} ${words}`;
      // A line that wraps could not be rewritten.
      stream.write(`${clearLine}${line.slice(0, columns - 1)}`);
    },
    end: () => void stream.write(clearLine),
  };
}

/** A line for each tenth: enough to see that it goes on, few enough to read. */
function linesOn(stream: ProgressStream): Progress {
  let said = 0;
  return {
    show: ({ done, of, words }) => {
      const share = Math.floor((done / of) * sharesSaid);
      if (share <= said) return;
      said = share;
      stream.write(`${done} of ${of} ${words}\n`);
    },
    end: () => undefined,
  };
}
