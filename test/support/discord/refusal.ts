// Discord's way of saying no: a status, a JSON error code, and nested form errors for bad fields.

export interface FieldError {
  /** `content`, `components.0.components.1.custom_id` */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly fields: readonly FieldError[];

  constructor(
    status: number,
    code: number,
    more: { readonly message: string; readonly fields?: readonly FieldError[] },
  ) {
    super(more.message);
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? [];
  }

  toBody(): object {
    const body = { message: this.message, code: this.code };
    return this.fields.length === 0 ? body : { ...body, errors: nest(this.fields) };
  }
}

/** 400/50035 with the given field errors. */
export function invalidForm(fields: readonly FieldError[]): Refusal {
  return new Refusal(400, 50035, { message: "Invalid Form Body", fields });
}

interface Nested {
  [key: string]: Nested | { code: string; message: string }[];
}

function nest(fields: readonly FieldError[]): Nested {
  const root: Nested = {};
  for (const field of fields) {
    let node = root;
    for (const key of field.path.split(".")) {
      const next = node[key];
      if (next !== undefined && !Array.isArray(next)) {
        node = next;
      } else {
        const made: Nested = {};
        node[key] = made;
        node = made;
      }
    }
    node["_errors"] = [{ code: field.code, message: field.message }];
  }
  return root;
}
