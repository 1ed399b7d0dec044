// The Beta distribution, as far as trust needs it: how likely a share of good answers is below a line, and the lower end
// of what the evidence allows. Pure arithmetic, tested against tables.

/** Lanczos' approximation (g = 7, nine terms): about 15 digits for positive arguments. */
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

function lnGamma(x: number): number {
  const at = x - 1;
  const sum = lanczos.reduce((total, term, index) => total + term / (at + index + 1), 0.9999999999998099);
  const t = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
}

const tiny = 1e-300;
const kept = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** Lentz' method for the continued fraction of the incomplete beta function (DLMF 8.17.22). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = d;
  const step = (term: number): number => {
    d = 1 / kept(1 + term * d);
    c = kept(1 + term / c);
    value *= c * d;
    return c * d;
  };
  for (let m = 1; m <= 500; m += 1) {
    step((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    const change = step((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

/** P(share ≤ x) for Beta(a, b): the regularised incomplete beta function. `a`, `b` > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The share below which Beta(a, b) lies with probability `p`, to ten digits; by halving, which can't run away. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-11) {
    const middle = (low + high) / 2;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
