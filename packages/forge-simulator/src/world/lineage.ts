import type { Organization } from './model.js';

/** An organization and its ancestors, nearest first. */
export function* lineage(organization: Organization): Generator<Organization> {
  for (let each: Organization | undefined = organization; each !== undefined; each = each.parent) yield each;
}
