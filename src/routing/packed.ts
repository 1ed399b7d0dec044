// Numbers of a trained model as text, for a cache that holds plain values: base64 of little-endian words.

export function pack(numbers: Uint32Array | Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");
}

export function unpack(packed: string): ArrayBuffer {
  const bytes = Uint8Array.from(Buffer.from(packed, "base64"));
  return bytes.buffer;
}
