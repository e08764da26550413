import { Octokit } from '@octokit/rest';
import { compete } from '../competition.js';

const ignore = () => undefined;
/** It would tell of the default version's end at every request. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

compete(async ({ apiUrl, credential }) => {
  const octokit = new Octokit({ baseUrl: apiUrl, auth: credential.token, request: { log: silent } });
  const repositories = await octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, {
    affiliation: 'owner,collaborator,organization_member',
    sort: 'full_name',
    per_page: 100,
  });
  return repositories.length;
});
