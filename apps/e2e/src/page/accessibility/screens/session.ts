import type { Locator, Page } from 'playwright-core';
import type { Screen, Step } from '../screen.js';
import { all, press, see, seePanel, seeProblem, type } from '../screen.js';

const endSession: Step = (page) => page.context().clearCookies();

/** The page looks for the server in vain, and waits. */
const noAnswer: Step = (page) => page.route('**/api/v1/session', () => undefined);

function signInAgain(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Sign in again' });
}

/** Of whoever is not signed in, and of the frame around what others see. */
export const sessionScreens: readonly Screen[] = [
  { route: '/set-up', state: 'with nothing typed', path: ({ newServer }) => `${newServer}/set-up` },
  {
    route: '/set-up',
    state: 'with a password that is too short',
    path: ({ newServer }) => `${newServer}/set-up`,
    arrange: all(
      type('Username', 'grace'),
      type('Password', 'too short'),
      type('Repeat the password', 'too short'),
      press('Create administrator'),
      seeProblem,
    ),
  },
  { route: '/sign-in', state: 'with nothing typed', arrange: see('Forgot your password?') },
  {
    route: '/sign-in',
    state: 'with a wrong password',
    arrange: all(
      type('Username', 'maya'),
      type('Password', 'not that of Maya'),
      press(/^Sign in$/),
      see('The username or the password is wrong.'),
    ),
  },
  { route: '/choose-password', state: 'with a link that is not complete' },
  {
    route: '/choose-password',
    state: 'with a link that is gone',
    path: () => '/choose-password#gone',
    arrange: (page) => page.getByRole('alert').waitFor(),
  },
  {
    route: '/choose-password',
    state: 'with two passwords that differ',
    path: ({ invitation }) => invitation,
    arrange: all(
      type('New password', 'one thing'),
      type('Repeat the password', 'another'),
      see('This is not the same password.'),
    ),
  },
  { route: '/', state: 'leads to the repositories', as: 'jonas' },
  { route: '/', state: 'of an address where nothing is', as: 'maya', path: () => '/nothing-here' },
  {
    route: '/',
    state: 'with the menu of the account',
    as: 'maya',
    arrange: all(press('Account of maya'), seePanel('Account of maya')),
  },
  {
    route: '/',
    state: 'when a session has ended',
    as: 'tomas',
    alone: true,
    arrange: all(endSession, press(/^Sync$/), (page) => signInAgain(page).waitFor()),
  },
  {
    route: '/',
    state: 'when a session has ended, with a wrong password',
    as: 'tomas',
    alone: true,
    arrange: all(
      endSession,
      press(/^Sync$/),
      (page) => signInAgain(page).getByLabel('Password', { exact: true }).fill('not that of Tomas'),
      (page) => signInAgain(page).getByRole('button', { name: 'Sign in' }).click(),
      see('The username or the password is wrong.'),
    ),
  },
  {
    route: '/',
    state: 'when the server cannot be reached',
    as: 'jonas',
    arrange: all(
      noAnswer,
      (page) => page.evaluate("window.dispatchEvent(new Event('offline'))"),
      see('The server can’t be reached right now.'),
    ),
  },
];
