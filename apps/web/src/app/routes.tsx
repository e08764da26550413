import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { tabStorage } from '../api/tab-storage.js';
import { readRepositorySearch } from '../features/repositories/repository-search.js';
import { readWhySearch } from '../features/repositories/why-search.js';
import { takeReturn } from '../features/session/return-memory.js';
import { requireNobody, requirePerson } from './gate.js';
import { NotFoundScreen } from './not-found-screen.js';
import { Page } from './page.js';
import type { PageContext } from './page-context.js';
import { readReturnPath, startPath } from '../features/session/return-path.js';

/** What screens have in their address that is not there yet when the page opens. */
type Raw = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const loadSyncMenu = async () => (await import('../features/syncs/sync-menu.js')).SyncMenu;
const loadSignInAgain = async () =>
  (await import('../features/session/sign-in-again-dialog.js')).SignInAgainDialog;
const loadNotifications = async () => (await import('./page-notifications.js')).PageNotifications;

const rootRoute = createRootRouteWithContext<PageContext>()({
  component: () => (
    <Page
      loadSyncMenu={loadSyncMenu}
      loadSignInAgain={loadSignInAgain}
      loadNotifications={loadNotifications}
    />
  ),
  notFoundComponent: NotFoundScreen,
});

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // Who comes from the identity provider comes here, wherever they wanted to go.
  beforeLoad: () => {
    throw redirect({ href: takeReturn(tabStorage()) ?? startPath, replace: true });
  },
});

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  staticData: { audience: 'anybody' },
  component: lazyRouteComponent(() => import('../features/set-up/set-up-screen.js'), 'SetUpScreen'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  staticData: { audience: 'anybody' },
  validateSearch: ({ returnTo }: Raw): { returnTo?: string | undefined } => ({
    returnTo: readReturnPath(returnTo),
  }),
  beforeLoad: (entering) => requireNobody(entering, entering.search.returnTo),
  component: lazyRouteComponent(() => import('../features/session/sign-in-screen.js'), 'SignInScreen'),
});

const choosePasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/choose-password',
  staticData: { audience: 'anybody' },
  component: lazyRouteComponent(
    () => import('../features/session/choose-password-screen.js'),
    'ChoosePasswordScreen',
  ),
});

const repositoriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/repositories',
  validateSearch: (raw: Raw) => readRepositorySearch(raw),
  beforeLoad: async (entering) => {
    await requirePerson(entering);
    // What makes no sense in it goes from the address, too: it would look as if the list were narrowed by it.
    const search = readRepositorySearch(entering.search);
    const makesSense = Object.keys(entering.search).every((name) => name in search);
    if (!makesSense) throw redirect({ to: '/repositories', search, replace: true });
  },
  component: lazyRouteComponent(
    () => import('../features/repositories/repositories-screen.js'),
    'RepositoriesScreen',
  ),
});

const repositoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/repositories/$id',
  beforeLoad: requirePerson,
  component: lazyRouteComponent(
    () => import('../features/repositories/repository-screen.js'),
    'RepositoryScreen',
  ),
});

const whyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/why',
  validateSearch: (raw: Raw) => readWhySearch(raw),
  beforeLoad: requirePerson,
  component: lazyRouteComponent(() => import('../features/repositories/why-screen.js'), 'WhyScreen'),
});

const gitProvidersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/git-providers',
  validateSearch: ({ search }: Raw): { search?: string | undefined } => ({ search: text(search) }),
  beforeLoad: requirePerson,
  component: lazyRouteComponent(
    () => import('../features/git-providers/git-providers-screen.js'),
    'GitProvidersScreen',
  ),
});

/** Both keep what is typed in a draft of the server's, which a reload finds again. */
const readDraftSearch = ({ draft }: Raw): { draft?: string | undefined } => ({ draft: text(draft) });

const addGitProviderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/git-providers/new',
  staticData: { audience: 'administrators' },
  validateSearch: readDraftSearch,
  beforeLoad: requirePerson,
  component: lazyRouteComponent(
    () => import('../features/git-provider-editor/add-git-provider-screen.js'),
    'AddGitProviderScreen',
  ),
});

const gitProviderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/git-providers/$id',
  validateSearch: readDraftSearch,
  beforeLoad: requirePerson,
  component: lazyRouteComponent(
    () => import('../features/git-provider-editor/git-provider-screen.js'),
    'GitProviderScreen',
  ),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  validateSearch: ({ tab }: Raw): { tab?: string | undefined } => ({ tab: text(tab) }),
  beforeLoad: requirePerson,
  component: lazyRouteComponent(() => import('../features/account/account-screen.js'), 'AccountScreen'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  staticData: { audience: 'administrators' },
  beforeLoad: requirePerson,
  component: lazyRouteComponent(() => import('../features/people/people-screen.js'), 'PeopleScreen'),
});

const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/health',
  staticData: { audience: 'administrators' },
  beforeLoad: requirePerson,
  component: lazyRouteComponent(() => import('../features/health/health-screen.js'), 'HealthScreen'),
});

const syncsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/syncs',
  beforeLoad: requirePerson,
  component: lazyRouteComponent(() => import('../features/syncs/syncs-screen.js'), 'SyncsScreen'),
});

/** Every screen there is, loaded when it is first shown. */
export const routeTree = rootRoute.addChildren([
  startRoute,
  setUpRoute,
  signInRoute,
  choosePasswordRoute,
  repositoriesRoute,
  repositoryRoute,
  whyRoute,
  gitProvidersRoute,
  addGitProviderRoute,
  gitProviderRoute,
  accountRoute,
  peopleRoute,
  healthRoute,
  syncsRoute,
]);
