/** How often somebody may be wrong before a person has to prove to be one. */
const failuresAllowed = 5;

/** Who has failed to sign in, and how often in a row. */
export class CaptchaLock {
  readonly #failures = new Map<string, number>();

  failed(username: string): void {
    const name = username.toLowerCase();
    this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
  }

  isLocked(username: string): boolean {
    return (this.#failures.get(username.toLowerCase()) ?? 0) >= failuresAllowed;
  }

  /** What its owner does on the sign-in page. */
  solve(username: string): void {
    this.#failures.delete(username.toLowerCase());
  }
}
