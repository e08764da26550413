import type { Screen } from '../screen.js';
import { all, press, see, seeDialog, seeMenu, seeProblem, type } from '../screen.js';

const inTab = (tab: string) => () => `/account?tab=${tab}`;

/** Of one's own account, and of administrators. */
export const administrationScreens: readonly Screen[] = [
  { route: '/account', state: 'in its profile', as: 'maya', arrange: see('Change password') },
  {
    route: '/account',
    state: 'with a wrong password',
    as: 'maya',
    arrange: all(
      type('Current password', 'not that of Maya'),
      type('New password', 'correct horse battery staple'),
      type('Repeat the new password', 'correct horse battery staple'),
      press('Change password'),
      seeProblem,
    ),
  },
  {
    route: '/account',
    state: 'in its git providers',
    as: 'tomas',
    path: inTab('git-providers'),
    arrange: see('Configured as'),
  },
  {
    route: '/account',
    state: 'with a configuration',
    as: 'tomas',
    path: inTab('git-providers'),
    arrange: all(
      press('Edit configuration'),
      (page) => page.getByRole('checkbox').first().click(),
      (page) => page.getByLabel(/^Token/).waitFor(),
    ),
  },
  {
    route: '/account',
    state: 'with a configuration without a token',
    as: 'jonas',
    path: inTab('git-providers'),
    arrange: all(
      press('Edit configuration'),
      (page) => page.getByRole('checkbox').first().click(),
      (page) => page.getByRole('button', { name: 'Create configuration' }).first().click(),
      seeProblem,
    ),
  },
  {
    route: '/account',
    state: 'in its sessions',
    as: 'maya',
    path: inTab('sessions'),
    arrange: see('This browser'),
  },
  {
    route: '/account',
    state: 'before other browsers are signed out',
    as: 'maya',
    path: inTab('sessions'),
    arrange: all(press('Sign out all others'), seeDialog),
  },
  {
    route: '/account',
    state: 'in its API tokens',
    as: 'maya',
    path: inTab('api-tokens'),
    arrange: see('Nightly report'),
  },
  {
    route: '/account',
    state: 'without API tokens',
    as: 'jonas',
    path: inTab('api-tokens'),
    arrange: see('No API tokens'),
  },
  {
    route: '/account',
    state: 'before an API token is made',
    as: 'maya',
    path: inTab('api-tokens'),
    arrange: all(
      press('Create token'),
      (page) => page.getByRole('checkbox', { name: 'Read' }).click(),
      type('Name', 'Report'),
      (page) => page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click(),
      see('Choose what the token may do.'),
    ),
  },
  {
    route: '/account',
    state: 'before an API token is deleted',
    as: 'maya',
    path: inTab('api-tokens'),
    arrange: all(press('Delete Nightly report'), seeDialog),
  },
  {
    route: '/account',
    state: 'with an API token that was made',
    as: 'jonas',
    path: inTab('api-tokens'),
    arrange: all(
      press('Create token'),
      type('Name', 'Report'),
      (page) => page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click(),
      see('Copy it now'),
    ),
  },
  { route: '/people', state: 'as a list', as: 'maya', arrange: see('Last signed in') },
  { route: '/people', state: 'for who may not see it', as: 'tomas', arrange: see('For administrators') },
  {
    route: '/people',
    state: 'with what can be done for somebody',
    as: 'maya',
    arrange: all(press('Actions for tomas'), seeMenu),
  },
  {
    route: '/people',
    state: 'before a password is reset',
    as: 'maya',
    arrange: all(
      press('Actions for tomas'),
      (page) => page.getByRole('menuitem', { name: 'Reset password' }).click(),
      seeDialog,
    ),
  },
  {
    route: '/people',
    state: 'with a name that is taken',
    as: 'maya',
    arrange: all(
      press('Invite'),
      type('Username', 'tomas'),
      (page) => page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click(),
      seeProblem,
    ),
  },
  {
    route: '/people',
    state: 'with the link of an invitation',
    as: 'maya',
    arrange: all(
      press('Invite'),
      type('Username', 'nadia'),
      (page) => page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click(),
      (page) => page.getByLabel('Link to choose a password').waitFor(),
    ),
  },
  { route: '/health', state: 'of all git providers', as: 'maya', arrange: see('Syncs over time') },
  {
    route: '/health',
    state: 'with a table',
    as: 'maya',
    arrange: all(press('Show as a table'), (page) => page.getByRole('table').first().waitFor()),
  },
];
