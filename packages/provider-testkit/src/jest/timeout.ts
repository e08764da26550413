/** Far more than any case takes: none waits for real time, so only one that hangs comes near it. */
export const timeoutMs = 60_000;
