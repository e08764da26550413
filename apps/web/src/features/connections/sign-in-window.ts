/** A window that waits to be sent to a forge. */
export interface SignInWindow {
  show(url: string): void;
  close(): void;
  /** Also true once a forge's page has cut itself off from this one. */
  isClosed(): boolean;
}

/** As much of a window as is needed of the one that was opened. */
export interface OpenedWindow {
  readonly closed: boolean;
  opener: unknown;
  close(): void;
  readonly location: { replace(url: string): void };
  readonly document: {
    title: string;
    readonly documentElement: { readonly style: { colorScheme: string } };
    readonly body: { textContent: string | null };
  };
}

/** As much of a window as is needed to open another. */
export interface Opener {
  open(url: string, target: string, features: string): OpenedWindow | null;
  readonly screenX: number;
  readonly screenY: number;
  readonly outerWidth: number;
  readonly outerHeight: number;
}

const width = 620;
const height = 760;

/**
 * Opens an empty window, to be called in the very click that asks for it: later, browsers take it for an advertisement.
 *
 * @param words stand in it until it goes on
 * @returns undefined when the browser has blocked it
 */
export function openSignInWindow(opener: Opener, words: string): SignInWindow | undefined {
  const left = Math.max(0, Math.round(opener.screenX + (opener.outerWidth - width) / 2));
  const top = Math.max(0, Math.round(opener.screenY + (opener.outerHeight - height) / 2));
  const features = `popup,width=${width},height=${height},left=${left},top=${top}`;
  const opened = opener.open('about:blank', '_blank', features);
  if (opened === null || opened.closed) return undefined;
  const { document } = opened;
  document.documentElement.style.colorScheme = 'light dark';
  document.title = words;
  document.body.textContent = words;
  // Pages of the forge are not to lead this one elsewhere. The server's page that ends there tells through a channel.
  opened.opener = null;
  return {
    show: (url) => {
      opened.location.replace(url);
    },
    close: () => {
      opened.close();
    },
    isClosed: () => opened.closed,
  };
}
