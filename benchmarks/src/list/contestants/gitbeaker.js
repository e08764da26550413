import { Gitlab } from '@gitbeaker/rest';
import { compete } from '../competition.js';

/** What tells someone's effective level on GitLab: which listings a project is in. */
const levels = [10, 20, 30, 40, 50];

compete(async ({ webUrl, credential }) => {
  const gitlab = new Gitlab({ host: webUrl, oauthToken: credential.token });
  /** @type {Map<number, number>} */
  const levelByProject = new Map();
  for (const minAccessLevel of levels) {
    const projects = await gitlab.Projects.all({ membership: true, minAccessLevel, perPage: 100 });
    for (const { id } of projects) levelByProject.set(id, minAccessLevel);
  }
  return levelByProject.size;
});
