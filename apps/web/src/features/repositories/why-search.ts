/** What the address of the question says: which repository, on which git provider. */
export interface WhySearch {
  readonly path?: string | undefined;
  /** The id of a git provider. */
  readonly gitProvider?: string | undefined;
}

/** As long as the API takes. */
const atMost = 1000;

/** Reads an address that anybody may have typed. */
export function readWhySearch(raw: Readonly<Record<string, unknown>>): WhySearch {
  const path = text(raw['path']);
  const gitProvider = text(raw['gitProvider']);
  return {
    ...(path === undefined ? {} : { path }),
    ...(gitProvider === undefined ? {} : { gitProvider }),
  };
}

/** An address may carry `123` for what was meant as text. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const written = String(value).trim().slice(0, atMost);
  return written === '' ? undefined : written;
}
