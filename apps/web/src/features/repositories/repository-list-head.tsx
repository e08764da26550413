import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import classes from './repository-list.module.css';
import type { RepositorySearch, SortChoice } from './repository-search.js';
import { sortBy } from './repository-search.js';

interface RepositoryListHeadProps {
  readonly search: RepositorySearch;
  readonly onSort: (change: Partial<RepositorySearch>) => void;
}

interface Column {
  readonly name: 'path' | 'visibility' | 'permission' | 'defaultBranch' | 'activity' | 'actions';
  readonly sort?: SortChoice;
  readonly className?: string | undefined;
}

const columns: readonly Column[] = [
  { name: 'path', sort: 'path' },
  { name: 'visibility' },
  { name: 'permission', sort: 'level' },
  { name: 'defaultBranch', className: classes['branch'] },
  { name: 'activity', sort: 'updatedAt' },
  { name: 'actions', className: classes['lastHead'] },
];

const ariaSorts = { asc: 'ascending', desc: 'descending' } as const;

/** The names of the columns; those that the list can be sorted by are buttons. */
export function RepositoryListHead({ search, onSort }: RepositoryListHeadProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const { sort: sorted = 'path', direction = 'asc' } = search;
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <div role="rowgroup" className={classes['headGroup']}>
      <div role="row" aria-rowindex={1} className={classes['head']}>
        {columns.map(({ name, sort, className }) => (
          <div
            key={name}
            role="columnheader"
            className={className}
            {...(sort === sorted ? { 'aria-sort': ariaSorts[direction] } : {})}
          >
            {sort === undefined ? (
              texts.columns[name]
            ) : (
              <UnstyledButton
                className={classes['sort']}
                onClick={() => {
                  onSort(sortBy(search, sort));
                }}
              >
                {texts.columns[name]}
                {sort === sorted ? <Arrow size={14} aria-hidden /> : null}
              </UnstyledButton>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
