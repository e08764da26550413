import type { HubError, SignIn } from '@anyforge/hub';
import type { RenderedPage } from './page.js';
import { escapeHtml, renderPage } from './page.js';

/**
 * Tells every page of this server that this browser has open how the sign-in stands: its id and its state, which are no
 * secrets. Pages of other sites hear nothing, also one that has opened this. A popup closes; a browser closes none that no
 * page has opened.
 */
const script = `(function () {
  'use strict';
  var data = document.body.dataset;
  if (data.signIn === undefined) return;
  var message = { type: 'anyforge.sign-in', signInId: data.signIn, state: data.state };
  if (typeof BroadcastChannel === 'function') new BroadcastChannel('anyforge.sign-ins').postMessage(message);
  if (data.display === 'popup') window.close();
})();`;

const titles: Readonly<Record<SignIn['state'], string>> = {
  pending: 'Your sign-in has not come back yet',
  finishing: 'Signing in',
  awaiting_confirmation: 'One step is left',
  succeeded: 'You are signed in',
  failed: 'The sign-in failed',
  cancelled: 'The sign-in was ended',
};

const words: Readonly<Record<SignIn['state'], (account: string) => string>> = {
  pending: () => 'Go on in the window where you sign in.',
  finishing: () => 'This takes a moment.',
  awaiting_confirmation: (account) =>
    `You are ${account} there. Confirm in anyforge that this is your account.`,
  succeeded: (account) => `You are ${account} there. You can close this window.`,
  failed: () => 'Nothing was saved.',
  cancelled: () => 'Nothing was saved.',
};

/** What people see when a forge has sent them back. */
export function signInPage({ id, state, display, account, error, returnUrl }: SignIn): RenderedPage {
  const paragraphs = [words[state](account?.username ?? 'somebody'), error?.message, error?.repair?.text];
  return renderPage({
    title: titles[state],
    data: {
      'sign-in': id,
      state,
      display,
      ...(error && { problem: error.kind }),
    },
    content: [
      ...paragraphs.filter((text) => text !== undefined).map(paragraph),
      ...(error?.repair?.url === undefined ? [] : [outwardLink(error.repair.url)]),
      `<p><a href="${escapeHtml(returnUrl)}">Go on in anyforge</a></p>`,
    ].join('\n'),
    script,
  });
}

/** What people see when there is nothing to tell of a sign-in. */
export function refusalPage({ kind, message }: HubError): RenderedPage {
  return renderPage({
    title: 'The sign-in was refused',
    data: { problem: kind },
    content: `${paragraph(message)}\n<p><a href="../">Go to anyforge</a></p>`,
    script,
  });
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** Nothing but a web address is a link. */
function outwardLink(url: string): string {
  const known = URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
  return known ? `<p><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(url)}</a></p>` : '';
}
