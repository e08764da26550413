import type { Omission } from '@anyforge/client';

/** What people know an organization by that a forge left out: its path. An id says nothing to them. */
export function omittedName({ organization }: Pick<Omission, 'organization'>, unnamed: string): string {
  return organization.path ?? unnamed;
}
