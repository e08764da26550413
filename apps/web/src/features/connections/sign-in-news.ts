/** On this channel, which pages of this server alone hear, the last page of a sign-in tells how that ended. */
const channelName = 'anyforge.sign-ins';

/** A `BroadcastChannel`, as far as news come through it. */
export type NewsChannel = Pick<EventTarget, 'addEventListener'> & { close(): void };

/**
 * Hears of sign-ins that came back to this server in any window of this browser.
 *
 * @param hear gets the id of the sign-in. How it stands is the server's to say
 * @returns ends it
 */
export function hearOfSignIns(
  openChannel: (name: string) => NewsChannel,
  hear: (signInId: string) => void,
): () => void {
  const listen = (event: Event) => {
    const signInId = event instanceof MessageEvent ? readNews(event.data) : undefined;
    if (signInId !== undefined) hear(signInId);
  };
  const channel = openChannel(channelName);
  channel.addEventListener('message', listen);
  return () => {
    channel.close();
  };
}

function readNews(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('type' in data) || data.type !== 'anyforge.sign-in') return undefined;
  return 'signInId' in data && typeof data.signInId === 'string' ? data.signInId : undefined;
}
