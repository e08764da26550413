declare const content: unique symbol;

/** JSON in a text column, labelled with the type of the value that {@link toJson} wrote there. */
export type Json<T> = string & { readonly [content]?: T };

export function toJson<T>(value: T): Json<T> {
  return JSON.stringify(value);
}

export function fromJson<T>(text: Json<T>): T {
  return JSON.parse(text) as T;
}

export function toNullableJson<T>(value: T | undefined): Json<T> | null {
  return value === undefined ? null : toJson(value);
}

export function fromNullableJson<T>(text: Json<T> | null): T | undefined {
  return text === null ? undefined : fromJson(text);
}

export function toDate(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds);
}
