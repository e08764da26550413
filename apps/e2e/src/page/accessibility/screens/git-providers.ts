import type { Screen, Step } from '../screen.js';
import { all, press, see, seeDialog, seeMenu, seeProblem } from '../screen.js';

const blockWindows: Step = (page) => page.evaluate('window.open = () => null');

const noGitProviders: Step = (page) =>
  page.route('**/api/v1/git-providers*', (route) => route.fulfill({ json: { items: [] } }));

const chooseType: Step = (page) => page.getByRole('radio', { name: 'GitHub' }).click();

export const gitProviderScreens: readonly Screen[] = [
  { route: '/git-providers', state: 'as a list', as: 'maya', arrange: see('Signed in as') },
  {
    route: '/git-providers',
    state: 'before there is any',
    as: 'maya',
    prepare: noGitProviders,
    arrange: see('There is no git provider yet'),
  },
  {
    route: '/git-providers',
    state: 'when a sign-in needs attention',
    as: 'priya',
    arrange: see('Needs attention'),
  },
  {
    route: '/git-providers',
    state: 'with none that matches',
    as: 'maya',
    path: () => '/git-providers?search=nothing',
    arrange: see('No git provider matches'),
  },
  {
    route: '/git-providers',
    state: 'with other ways to sign in',
    as: 'jonas',
    arrange: all(press(/^Other ways into/), seeMenu),
  },
  {
    route: '/git-providers',
    state: 'with a window that is blocked',
    as: 'jonas',
    arrange: all(blockWindows, press(/^Sign in to/), see('Your browser has blocked the window')),
  },
  {
    route: '/git-providers',
    state: 'with a code',
    as: 'jonas',
    arrange: all(
      press('Other ways into GitHub Enterprise'),
      (page) => page.getByRole('menuitem', { name: 'With a code' }).click(),
      see('Enter this code'),
    ),
  },
  {
    route: '/git-providers',
    state: 'before one signs out',
    as: 'maya',
    arrange: all(press(/^Sign out of/), seeDialog),
  },
  {
    route: '/git-providers/new',
    state: 'before a type is chosen',
    as: 'maya',
    arrange: see('Choose a type to go on.'),
  },
  {
    route: '/git-providers/new',
    state: 'with nothing typed',
    as: 'maya',
    arrange: all(chooseType, press('Add git provider'), seeProblem),
  },
  {
    route: '/git-providers/new',
    state: 'when a test has failed',
    as: 'maya',
    arrange: all(
      chooseType,
      (page) => page.getByRole('switch').first().click(),
      (page) => page.getByRole('textbox', { name: 'Base URL' }).fill('http://127.0.0.1:9'),
      press('Run test'),
      (page) => page.getByRole('list', { name: 'Steps of the test' }).waitFor(),
      (page) => page.getByRole('button', { name: 'Run test' }).waitFor(),
    ),
  },
  {
    route: '/git-providers/new',
    state: 'before what is typed is lost',
    as: 'maya',
    arrange: all(
      chooseType,
      (page) => page.getByRole('textbox', { name: 'Name' }).fill('Something'),
      press('Cancel'),
      seeDialog,
    ),
  },
  {
    route: '/git-providers/$id',
    state: 'for its administrator',
    as: 'maya',
    path: ({ github }) => `/git-providers/${github}`,
    arrange: see('kept'),
  },
  {
    route: '/git-providers/$id',
    state: 'with settings that hide repositories',
    as: 'maya',
    path: ({ research }) => `/git-providers/${research}`,
    arrange: see('Clean up repositories'),
  },
  {
    route: '/git-providers/$id',
    state: 'before it is cleaned up',
    as: 'maya',
    path: ({ research }) => `/git-providers/${research}`,
    arrange: all(press('Clean up repositories'), seeDialog),
  },
  {
    route: '/git-providers/$id',
    state: 'before it is deleted',
    as: 'maya',
    path: ({ bitbucket }) => `/git-providers/${bitbucket}`,
    arrange: all(press('Delete'), seeDialog),
  },
  {
    route: '/git-providers/$id',
    state: 'for a member',
    as: 'tomas',
    path: ({ github }) => `/git-providers/${github}`,
    arrange: see('Signed in as'),
  },
  {
    route: '/git-providers/$id',
    state: 'that is gone',
    as: 'maya',
    path: () => '/git-providers/00000000-0000-7000-8000-000000000000',
    arrange: (page) => page.getByRole('heading', { name: 'There is no such git provider' }).waitFor(),
  },
];
