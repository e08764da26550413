import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useIsHere } from '../../components/use-is-here.js';
import type { RepositorySearch } from './repository-search.js';
import { changeRepositorySearch, readRepositorySearch } from './repository-search.js';

/** What the address says of the list, and a function that changes parts of it. */
export function useRepositorySearch(): readonly [
  RepositorySearch,
  (change: Partial<RepositorySearch>) => void,
] {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => readRepositorySearch(raw), [raw]);
  const navigate = useNavigate();
  const isHere = useIsHere();
  const change = useCallback(
    (part: Partial<RepositorySearch>) => {
      // In place of the former address: who goes back means the page before, not the letter before.
      if (!isHere()) return;
      void navigate({
        to: '/repositories',
        search: changeRepositorySearch(search, part),
        replace: true,
        resetScroll: true,
      });
    },
    [navigate, search, isHere],
  );
  return [search, change];
}
