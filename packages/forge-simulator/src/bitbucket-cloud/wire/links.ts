/** Where things are, as addresses in answers say it. */
export interface Links {
  /** With its prefix, without a slash at the end. */
  readonly apiUrl: string;
  readonly webUrl: string;
}

export function link(href: string): { readonly href: string } {
  return { href };
}

/** Curly braces are written out in addresses. */
export function segment(identifier: string): string {
  return encodeURIComponent(identifier);
}

/** '2026-01-01T00:00:05.000000+00:00' */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, -1)}000+00:00`;
}
