import { describe, expect, it } from '@jest/globals';
import { hearOfSignIns } from './sign-in-news.js';

const origin = 'https://anyforge.example.com';
const news = { type: 'anyforge.sign-in', signInId: 'one', state: 'succeeded' };

class FakeWindow extends EventTarget {
  readonly origin = origin;
}

class FakeChannel extends EventTarget {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }
}

function listen() {
  const source = new FakeWindow();
  const channels = new Map<string, FakeChannel>();
  const heard: string[] = [];
  const end = hearOfSignIns(
    source,
    (name) => {
      const channel = new FakeChannel();
      channels.set(name, channel);
      return channel;
    },
    (signInId) => heard.push(signInId),
  );
  return { source, channels, heard, end };
}

function post(target: EventTarget | undefined, data: unknown, from = origin): void {
  target?.dispatchEvent(new MessageEvent('message', { data, origin: from }));
}

describe('news of sign-ins', () => {
  it('come from a window that was opened', () => {
    const { source, heard } = listen();
    post(source, news);
    expect(heard).toEqual(['one']);
  });

  it('come through the channel from a window that the forge has cut off', () => {
    const { channels, heard } = listen();
    post(channels.get('anyforge.sign-ins'), news);
    expect(heard).toEqual(['one']);
  });

  it('are not taken from pages of other sites', () => {
    const { source, heard } = listen();
    post(source, news, 'https://attacker.example.com');
    expect(heard).toEqual([]);
  });

  it.each([null, 'anyforge.sign-in', { ...news, type: 'another' }, { ...news, signInId: 7 }])(
    'are not read from %j',
    (data) => {
      const { source, heard } = listen();
      post(source, data);
      expect(heard).toEqual([]);
    },
  );

  it('end with whoever listens', () => {
    const { source, channels, heard, end } = listen();
    end();
    post(source, news);
    expect(heard).toEqual([]);
    expect(channels.get('anyforge.sign-ins')?.isClosed).toBe(true);
  });
});
