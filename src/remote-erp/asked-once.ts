// What an ERP is asked once and believed from then on, such as what its user may do: what is taken away later shows as a
// refusal, which is told as one. A question that failed is asked again.
export function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return async () => {
    asked ??= ask();
    return asked.catch((thrown: unknown) => {
      asked = null;
      throw thrown;
    });
  };
}
