/** What a request of the API was answered. */
export interface ApiAnswer {
  readonly data: unknown;
  readonly headers: {
    readonly link?: string | undefined;
    readonly [name: string]: string | number | undefined;
  };
}
