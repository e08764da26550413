import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/page.css';
import { createClient } from '@anyforge/client';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { rememberLeaving, takeLeaving } from './api/leave-memory.js';
import { createQueryClient } from './api/query-client.js';
import { Reachability } from './api/reachability.js';
import { SessionKeeper } from './api/session-keeper.js';
import { openSessionChannel } from './api/session-channel.js';
import { tabStorage } from './api/tab-storage.js';
import { PageProviders } from './app/page-providers.js';
import { createPageRouter } from './app/router.js';
import { shareNonce, styleNonce } from './app/style-nonce.js';
import { MinuteClock } from './components/minute-clock.js';
import { NavigationFocus } from './components/navigation-focus.js';
import { notifyOfOtherPerson } from './components/notify.js';
import { TimeWords } from './components/time-words.js';
import { english } from './texts/en/index.js';

const base = new URL(document.baseURI);
const container = document.getElementById('root');
const root = container === null ? undefined : createRoot(container);
const queryClient = createQueryClient();
const nonce = styleNonce(document);
shareNonce(nonce);

const reachability: Reachability = new Reachability({
  fetch: (request) => globalThis.fetch(request),
  probe: ({ signal }) => api.GET('/session', { signal }),
  onReturn: () => void queryClient.invalidateQueries(),
});
const api = createClient({
  baseUrl: new URL('api/v1', base).href,
  fetch: reachability.fetch,
  personId: () => session.read().me?.id,
  onUnauthenticated: () => session.ask(queryClient.isMutating() > 0),
  onOtherPerson: () => {
    session.foundOther();
  },
});
const channel = openSessionChannel();
const session = new SessionKeeper({
  whoAmI: async () => (await api.GET('/session')).person,
  tellTabs: channel.tell,
  forget: () => {
    queryClient.clear();
  },
  leaveFor: (destination) => {
    // First, so that no form of the person before asks whether to stay.
    root?.unmount();
    queryClient.clear();
    if (destination === 'start') rememberLeaving(tabStorage());
    window.location.replace(new URL(destination === 'start' ? '.' : destination, base));
  },
  now: () => Date.now(),
});
channel.listen((news) => {
  session.hear(news);
});
const router = createPageRouter({ api, queryClient, session }, base.pathname);
const navigationFocus = new NavigationFocus();
router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
  if (fromLocation !== undefined && pathChanged) navigationFocus.want();
});
window.addEventListener('offline', () => {
  reachability.lost();
});
// What a browser has kept of the page as it was may be somebody else's by now.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

if (takeLeaving(tabStorage())) notifyOfOtherPerson(english);

if (root !== undefined) {
  const clock = new MinuteClock(() => Date.now());
  const timeWords = new TimeWords({ locale: english.locale, ...english.relativeTime });
  root.render(
    <StrictMode>
      <PageProviders
        parts={{ api, queryClient, session, reachability, clock, timeWords, navigationFocus, nonce }}
      >
        <RouterProvider router={router} />
      </PageProviders>
    </StrictMode>,
  );
}
