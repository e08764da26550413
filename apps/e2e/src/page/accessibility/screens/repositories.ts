import type { Screen } from '../screen.js';
import { all, press, see, seePanel, seeRows } from '../screen.js';

export const repositoryScreens: readonly Screen[] = [
  { route: '/repositories', state: 'as a list', as: 'maya', arrange: seeRows },
  {
    route: '/repositories',
    state: 'narrowed, with all filters',
    as: 'maya',
    path: () => '/repositories?search=a&permission=write&visibility=private',
    arrange: all(seeRows, press(/^Filters/), (page) => page.getByLabel('Organization').waitFor()),
  },
  {
    route: '/repositories',
    state: 'with the menu to clone',
    as: 'maya',
    arrange: all(seeRows, press(/^Clone /), seePanel(/^Clone /)),
  },
  {
    route: '/repositories',
    state: 'with none that matches',
    as: 'maya',
    path: () => '/repositories?search=nothing-is-called-so',
    arrange: see('No repository matches'),
  },
  {
    route: '/repositories',
    state: 'of somebody who is signed in nowhere',
    as: 'jonas',
    arrange: see('Sign in to see your repositories'),
  },
  { route: '/repositories', state: 'when a sign-in needs attention', as: 'priya', arrange: seeRows },
  {
    route: '/repositories',
    state: 'with the latest sync',
    as: 'maya',
    arrange: all(
      (page) => page.getByRole('button', { description: 'Details of the sync' }).click(),
      (page) => page.getByRole('link', { name: 'All my syncs' }).waitFor(),
    ),
  },
  {
    route: '/repositories/$id',
    state: 'with who may do what',
    as: 'maya',
    path: ({ repository }) => repository,
    arrange: see(/\d+ accounts?/),
  },
  {
    route: '/repositories/$id',
    state: 'that is not in the list',
    as: 'maya',
    path: () => '/repositories/00000000-0000-7000-8000-000000000000',
    arrange: see('This repository is not in your list'),
  },
  { route: '/why', state: 'with nothing typed', as: 'maya' },
  {
    route: '/why',
    state: 'without a path',
    as: 'maya',
    arrange: all(press('Find out why'), see('Type the path of a repository.')),
  },
  {
    route: '/why',
    state: 'with an answer',
    as: 'maya',
    path: ({ github }) => `/why?gitProvider=${github}&path=halden-labs%2Ftactile-skin`,
    arrange: see('is not in your list'),
  },
  { route: '/syncs', state: 'with results', as: 'maya', arrange: see('Started') },
  { route: '/syncs', state: 'of somebody who has none', as: 'jonas', arrange: see('No syncs yet') },
];
