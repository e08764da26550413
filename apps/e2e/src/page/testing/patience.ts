/** How long anything may take to appear. A machine that does much else needs much of it; whoever waits for what is there needs none. */
export const patienceMs = 60_000;

/** The same once a test of the file has failed: those that go on where it should have ended wait in vain. */
export const impatienceMs = 5_000;

/** How long a test may take, or what makes it ready: longer than anything in it, so that it ends with the reason. */
export const testLimitMs = 5 * patienceMs;
