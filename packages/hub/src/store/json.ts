/** Reads a JSON column back into what the hub itself wrote there. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

export function fromNullableJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : fromJson<T>(text);
}

export function toNullableJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

export function toDate(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds);
}
