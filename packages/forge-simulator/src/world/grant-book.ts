import type { Grant, GrantSubject, GrantTarget } from './model.js';
import { MultiMap } from './multi-map.js';

/** Every grant, found by whom it is given to and by what it is given on. */
export class GrantBook {
  readonly #bySubject = new MultiMap<string, Grant>();
  readonly #byTarget = new MultiMap<string, Grant>();

  add(grant: Grant): void {
    this.remove(grant.to, grant.on);
    this.#bySubject.add(keyOf(grant.to), grant);
    this.#byTarget.add(keyOf(grant.on), grant);
  }

  /** Takes back what `to` has on `on`. @returns whether there was anything to take back */
  remove(to: GrantSubject, on: GrantTarget): boolean {
    for (const grant of this.#byTarget.get(keyOf(on))) {
      if (keyOf(grant.to) !== keyOf(to)) continue;
      this.#drop(grant);
      return true;
    }
    return false;
  }

  forgetTarget(target: GrantTarget): void {
    for (const grant of [...this.#byTarget.get(keyOf(target))]) this.#drop(grant);
  }

  get all(): Iterable<Grant> {
    return this.#byTarget.values();
  }

  to(subject: GrantSubject): Iterable<Grant> {
    return this.#bySubject.get(keyOf(subject));
  }

  on(target: GrantTarget): Iterable<Grant> {
    return this.#byTarget.get(keyOf(target));
  }

  #drop(grant: Grant): void {
    this.#bySubject.remove(keyOf(grant.to), grant);
    this.#byTarget.remove(keyOf(grant.on), grant);
  }
}

function keyOf(entity: GrantSubject | GrantTarget): string {
  return `${entity.type}:${entity.id}`;
}
