import type { SessionNews } from './session-keeper.js';

/** How the tabs of one browser tell each other whose the session is. */
export interface SessionChannel {
  readonly tell: (news: SessionNews) => void;
  readonly listen: (listener: (news: SessionNews) => void) => void;
}

export function openSessionChannel(): SessionChannel {
  // Pages of other paths of this origin hear it, too: it says no more than a number that means nothing to them.
  const channel = new BroadcastChannel('anyforge.session');
  return {
    tell: (news) => {
      channel.postMessage(news);
    },
    listen: (listener) => {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const news = readNews(data);
        if (news !== undefined) listener(news);
      });
    },
  };
}

/** Undefined where it is nothing that this page understands. */
export function readNews(data: unknown): SessionNews | undefined {
  if (typeof data !== 'object' || data === null || !('personId' in data)) return undefined;
  const { personId } = data;
  return personId === null || typeof personId === 'string' ? { personId } : undefined;
}
