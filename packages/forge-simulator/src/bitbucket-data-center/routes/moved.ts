/** What was asked for has another address now. */
export class Moved extends Error {
  constructor(readonly location: string) {
    super(`moved to ${location}`);
  }
}
