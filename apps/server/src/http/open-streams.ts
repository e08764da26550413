import { RequestProblem } from './problems.js';

/** More than the tabs of a browser and a few programs; each holds memory and is looked after every few seconds. */
const atMost = 20;

/** The answers to each person that come bit by bit and have not ended. */
export class OpenStreams {
  readonly #open = new Map<string, number>();

  /**
   * Counts one until its signal aborts.
   *
   * @throws RequestProblem `too_many_streams`.
   */
  count(personId: string, signal: AbortSignal): void {
    if (signal.aborted) return;
    const open = this.#open.get(personId) ?? 0;
    if (open >= atMost) {
      throw new RequestProblem({
        code: 'too_many_streams',
        detail: `You watch or test ${String(atMost)} times at once already, in other tabs or programs. End one of them, and ask again.`,
      });
    }
    this.#open.set(personId, open + 1);
    signal.addEventListener('abort', () => {
      this.#leave(personId);
    });
  }

  #leave(personId: string): void {
    const left = (this.#open.get(personId) ?? 0) - 1;
    if (left > 0) this.#open.set(personId, left);
    else this.#open.delete(personId);
  }
}
