const dayMs = 86_400_000;

/** When something in the demo's world happened: so and so many days before the demo. */
export class Calendar {
  #today: Date;
  #daysAgo = 400;

  constructor(today: Date) {
    this.#today = today;
  }

  /** What is added to a world from now on was added that many days ago. */
  turnTo(daysAgo: number): void {
    this.#daysAgo = daysAgo;
  }

  /** For a world's `now`. */
  readonly now = (): Date => this.daysFromToday(-this.#daysAgo);

  daysFromToday(days: number): Date {
    return new Date(this.#today.getTime() + days * dayMs);
  }
}
