import type { UnauthenticatedOutcome, WhoAmI } from '@anyforge/client';
import { ApiError } from '@anyforge/client';

/** Who is signed in. */
export type Me = NonNullable<WhoAmI['person']>;

/**
 * `steady`: nothing is known against the session. `asking`: it has ended, and the person is asked to sign in again over
 * the page. `declined`: they did not; what they see may be old.
 */
type SessionPhase = 'steady' | 'asking' | 'declined';

export interface SessionState {
  readonly me: Me | undefined;
  readonly phase: SessionPhase;
}

/** What the tabs of one browser tell each other: whose the session is now; null: nobody's. */
export interface SessionNews {
  readonly personId: string | null;
}

export interface SessionKeeperParts {
  /** Asks the server who is signed in. */
  readonly whoAmI: () => Promise<Me | null>;
  readonly tellTabs: (news: SessionNews) => void;
  /** Forgets everything that was loaded. */
  readonly forget: () => void;
  /**
   * Leaves the page wholly for another address of it: nothing that was loaded or typed stays. For the start: because
   * somebody else is signed in.
   */
  readonly leaveFor: (place: 'start' | 'sign-in') => void;
  /** In milliseconds. */
  readonly now: () => number;
}

/** How long what the server said of me is believed without asking anew, when screens change. */
const believedMs = 300_000;

const nobody: SessionState = { me: undefined, phase: 'steady' };

/**
 * Keeps what the page shows and whose session it is in step. What was loaded or typed for one person stays through an end
 * of the session, and never survives a change of the person.
 */
export class SessionKeeper {
  readonly #parts: SessionKeeperParts;
  readonly #watchers = new Set<() => void>();
  #state = nobody;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answer: ((outcome: UnauthenticatedOutcome) => void) | undefined;
  #question: Promise<UnauthenticatedOutcome> | undefined;
  #isSigningOut = false;
  #hasLeft = false;

  constructor(parts: SessionKeeperParts) {
    this.#parts = parts;
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly read = (): SessionState => this.#state;

  /** Who is signed in, before a screen is shown; null: nobody is. */
  async enter(): Promise<Me | null> {
    const { whoAmI, tellTabs, now } = this.#parts;
    const { me: former } = this.#state;
    if (former !== undefined && now() - this.#askedAt < believedMs) return former;
    const me = await whoAmI();
    this.#askedAt = now();
    if (me === null) {
      this.#becomeNobody();
      return null;
    }
    if (former !== undefined && former.id !== me.id) return this.#leave('start');
    this.#change({ me, phase: 'steady' });
    if (former === undefined) tellTabs({ personId: me.id });
    return me;
  }

  /**
   * The session has ended: asks the person to sign in again, and waits for it. Whoever has declined once is not asked
   * again by what the page does by itself.
   *
   * @param deliberate whether the person has just done something that needs it
   */
  ask(deliberate: boolean): Promise<UnauthenticatedOutcome> {
    const { me, phase } = this.#state;
    if (me === undefined || this.#isSigningOut || (phase === 'declined' && !deliberate))
      return Promise.resolve('give-up');
    this.#question ??= new Promise((resolve) => {
      this.#answer = resolve;
    });
    this.#change({ me, phase: 'asking' });
    return this.#question;
  }

  /** Somebody has signed in over the page: the same person goes on, anybody else begins anew. */
  signedInAgain(personId: string): void {
    this.#parts.tellTabs({ personId });
    this.#goOnAs(personId);
  }

  /** They do not want to sign in now. What they typed stays. */
  decline(): void {
    this.#change({ ...this.#state, phase: 'declined' });
    this.#resolve('give-up');
  }

  /** Who signs in at the place for that begins with nothing of anybody else. */
  begin(): Promise<Me | null> {
    this.#becomeNobody();
    return this.renew();
  }

  /** Something about me has changed, such as what I may do: asks anew, while what is shown stays. */
  renew(): Promise<Me | null> {
    this.#askedAt = Number.NEGATIVE_INFINITY;
    return this.enter();
  }

  /**
   * They sign out here: in every tab nothing of theirs stays. A session that has ended already is as good as ended: whoever
   * leaves is not asked to sign in for it.
   *
   * @param end ends the session at the server
   */
  async signOut(end: () => Promise<unknown>): Promise<void> {
    this.#isSigningOut = true;
    try {
      await end();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'not_signed_in')) throw error;
    } finally {
      this.#isSigningOut = false;
    }
    this.#parts.tellTabs({ personId: null });
    void this.#leave('sign-in');
  }

  /** Another tab tells whose the session is now. */
  hear({ personId }: SessionNews): void {
    const { me } = this.#state;
    if (me === undefined) return;
    if (personId === null) void this.#leave('sign-in');
    else this.#goOnAs(personId);
  }

  /** The server has refused what was sent for me, because somebody else is signed in by now: nothing of it is sent again. */
  foundOther(): void {
    if (this.#state.me !== undefined) void this.#leave('start');
  }

  #goOnAs(personId: string): void {
    const { me } = this.#state;
    if (me?.id !== personId) {
      void this.#leave('start');
      return;
    }
    this.#change({ me, phase: 'steady' });
    this.#resolve('retry');
  }

  #resolve(outcome: UnauthenticatedOutcome): void {
    this.#answer?.(outcome);
    this.#answer = undefined;
    this.#question = undefined;
  }

  /** What waits to be sent again is given up: whoever comes next must not send it. */
  #becomeNobody(): void {
    this.#resolve('give-up');
    if (this.#state.me !== undefined) this.#parts.forget();
    this.#change(nobody);
  }

  /** Nothing is shown any more: who asks whose session it is waits until the page is gone. */
  #leave(place: 'start' | 'sign-in'): Promise<never> {
    if (!this.#hasLeft) this.#parts.leaveFor(place);
    this.#hasLeft = true;
    this.#resolve('give-up');
    return new Promise(() => undefined);
  }

  #change(state: SessionState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
