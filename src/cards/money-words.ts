// An amount as a card says it: "1,250.00 USD".

/** In cents of its currency; without its sign, as cards say whose money it is in words. */
export function moneyWords(amountCents: number, currency: string | null): string {
  const cents = Math.abs(amountCents);
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
  return `${whole}.${String(cents % 100).padStart(2, "0")}${currency === null ? "" : ` ${currency}`}`;
}

/** Whether a text names exactly this amount, and not one that only ends or begins like it. */
export function namesAmount(text: string, words: string): boolean {
  const parts = text.split(words);
  return parts.some(
    (part, at) =>
      at > 0 && !/[\d.,]$/u.test(parts[at - 1] ?? "") && !/^(?:[\d\p{L}]|[.,]\d| [A-Z]{3}\b)/u.test(part),
  );
}
