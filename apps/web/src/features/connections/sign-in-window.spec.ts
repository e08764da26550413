import { describe, expect, it } from '@jest/globals';
import type { OpenedWindow, Opener } from './sign-in-window.js';
import { openSignInWindow } from './sign-in-window.js';

function emptyBody(): { textContent: string | null } {
  return { textContent: null };
}

class FakeWindow implements OpenedWindow {
  closed = false;
  opener: unknown = 'the page';
  readonly shown: string[] = [];
  readonly location = { replace: (url: string) => void this.shown.push(url) };
  readonly document = {
    title: '',
    documentElement: { style: { colorScheme: '' } },
    body: emptyBody(),
  };

  close(): void {
    this.closed = true;
  }
}

function createOpener(opened: OpenedWindow | null) {
  const asked: string[][] = [];
  const opener: Opener = {
    open: (...given) => {
      asked.push(given);
      return opened;
    },
    screenX: 100,
    screenY: 50,
    outerWidth: 1280,
    outerHeight: 800,
  };
  return { opener, asked };
}

describe('the window of a forge', () => {
  it('is opened empty, in the middle of the page, and says that it takes a moment', () => {
    const opened = new FakeWindow();
    const { opener, asked } = createOpener(opened);
    openSignInWindow(opener, 'One moment…');
    expect(asked).toEqual([['about:blank', '_blank', 'popup,width=620,height=760,left=430,top=70']]);
    expect(opened.document.body.textContent).toBe('One moment…');
  });

  it('goes on to the forge, which cannot lead the page elsewhere', () => {
    const opened = new FakeWindow();
    openSignInWindow(createOpener(opened).opener, '')?.show('https://forge.example.com/authorize');
    expect(opened.shown).toEqual(['https://forge.example.com/authorize']);
    expect(opened.opener).toBeNull();
  });

  it('tells when it was closed', () => {
    const opened = new FakeWindow();
    const handle = openSignInWindow(createOpener(opened).opener, '');
    expect(handle?.isClosed()).toBe(false);
    opened.close();
    expect(handle?.isClosed()).toBe(true);
  });

  it('is none where the browser has blocked it, by giving none or one that is closed', () => {
    expect(openSignInWindow(createOpener(null).opener, '')).toBeUndefined();
    const closed = new FakeWindow();
    closed.close();
    expect(openSignInWindow(createOpener(closed).opener, '')).toBeUndefined();
  });
});
