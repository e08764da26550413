import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { giteaPlugin } from '@anyforge/provider-gitea';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import { compete } from '../competition.js';

/** @type {Readonly<Record<import('../forges.js').ForgeType, (race: import('../competition.js').Race) => import('@anyforge/core').GitProvider>>} */
const providers = {
  github: ({ webUrl, apiUrl }) => githubPlugin.create({ baseUrl: webUrl, apiUrl }),
  gitlab: ({ webUrl }) => gitlabPlugin.create({ baseUrl: webUrl }),
  bitbucket: ({ webUrl, apiUrl }) => bitbucketPlugin.create({ baseUrl: webUrl, apiUrl }),
  'bitbucket-data-center': ({ webUrl }) => bitbucketDataCenterPlugin.create({ baseUrl: webUrl }),
  gitea: ({ webUrl }) => giteaPlugin.create({ baseUrl: webUrl }),
};

compete(async (race) => {
  const session = providers[race.forge](race).signIn(race.credential);
  let count = 0;
  for await (const _repository of session.repositories()) count += 1;
  return count;
});
