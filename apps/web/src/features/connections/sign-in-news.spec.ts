import { describe, expect, it } from '@jest/globals';
import { hearOfSignIns } from './sign-in-news.js';

const news = { type: 'anyforge.sign-in', signInId: 'one', state: 'succeeded' };

class FakeChannel extends EventTarget {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }
}

function listen() {
  const channels = new Map<string, FakeChannel>();
  const heard: string[] = [];
  const end = hearOfSignIns(
    (name) => {
      const channel = new FakeChannel();
      channels.set(name, channel);
      return channel;
    },
    (signInId) => heard.push(signInId),
  );
  return { channel: channels.get('anyforge.sign-ins'), heard, end };
}

function post(target: EventTarget | undefined, data: unknown): void {
  target?.dispatchEvent(new MessageEvent('message', { data }));
}

describe('news of sign-ins', () => {
  it('come through the channel of this server', () => {
    const { channel, heard } = listen();
    post(channel, news);
    expect(heard).toEqual(['one']);
  });

  it.each([null, 'anyforge.sign-in', { ...news, type: 'another' }, { ...news, signInId: 7 }])(
    'are not read from %j',
    (data) => {
      const { channel, heard } = listen();
      post(channel, data);
      expect(heard).toEqual([]);
    },
  );

  it('end with whoever listens', () => {
    const { channel, end } = listen();
    end();
    expect(channel?.isClosed).toBe(true);
  });
});
