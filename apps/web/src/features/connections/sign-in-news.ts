/** On this channel the server's page tells how a sign-in ended, also when the forge has cut it off from its opener. */
const channelName = 'anyforge.sign-ins';

/** A window, as far as news come through it. */
export type NewsSource = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
  readonly origin: string;
};

/** A `BroadcastChannel`, as far as news come through it. */
export type NewsChannel = Pick<EventTarget, 'addEventListener'> & { close(): void };

/**
 * Hears of sign-ins that came back to this server in any window of this browser; pages of other sites are not heard.
 *
 * @param hear gets the id of the sign-in. How it stands is the server's to say
 * @returns ends it
 */
export function hearOfSignIns(
  source: NewsSource,
  openChannel: (name: string) => NewsChannel,
  hear: (signInId: string) => void,
): () => void {
  const listen = (event: Event) => {
    if (!(event instanceof MessageEvent) || event.origin !== source.origin) return;
    const signInId = readNews(event.data);
    if (signInId !== undefined) hear(signInId);
  };
  const channel = openChannel(channelName);
  channel.addEventListener('message', listen);
  source.addEventListener('message', listen);
  return () => {
    source.removeEventListener('message', listen);
    channel.close();
  };
}

function readNews(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('type' in data) || data.type !== 'anyforge.sign-in') return undefined;
  return 'signInId' in data && typeof data.signInId === 'string' ? data.signInId : undefined;
}
