import type { Screen } from '../screen.js';
import { all, press, see, seePanel, type } from '../screen.js';

/** Of whoever is not signed in, and of the frame around what others see. */
export const sessionScreens: readonly Screen[] = [
  { route: '/set-up', state: 'with nothing typed', path: ({ newServer }) => `${newServer}/set-up` },
  { route: '/sign-in', state: 'with nothing typed', arrange: see('Forgot your password?') },
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
    state: 'when the server cannot be reached',
    as: 'jonas',
    arrange: all(
      (page) => page.evaluate("window.dispatchEvent(new Event('offline'))"),
      see('The server can’t be reached right now.'),
    ),
  },
];
