import { Button, NativeSelect } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { FilterFields } from './filter-fields.js';
import classes from './list-toolbar.module.css';
import type { RepositorySearch } from './repository-search.js';
import { activeFilters, directionChoices, sortChoices } from './repository-search.js';
import { SearchField } from './search-field.js';

interface ListToolbarProps {
  readonly search: RepositorySearch;
  readonly onChange: (change: Partial<RepositorySearch>) => void;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly organizations: readonly string[];
  readonly onLeave: () => void;
}

/** How the list is searched, narrowed and sorted. The search stays in sight. */
export function ListToolbar(props: ListToolbarProps): ReactNode {
  const { search, onChange, providers, organizations, onLeave } = props;
  const texts = useTextsOf(repositoriesTexts);
  const [opened, setOpened] = useState(false);
  const panelId = useId();
  const active = activeFilters(search).filter((name) => name !== 'search').length;
  const { sort = 'path', direction = 'asc' } = search;
  return (
    <>
      <div className={classes['bar']}>
        <div className={classes['search']}>
          <SearchField
            applied={search.search ?? ''}
            onChange={(text) => {
              onChange({ search: text });
            }}
            onLeave={onLeave}
          />
        </div>
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
          aria-expanded={opened}
          aria-controls={panelId}
          onClick={() => {
            setOpened((now) => !now);
          }}
        >
          {active === 0 ? texts.filters : texts.filtersActive(active)}
        </Button>
        <NativeSelect
          className={classes['sort']}
          aria-label={texts.sortLabel}
          value={`${sort} ${direction}`}
          data={sortChoices.flatMap((column) =>
            directionChoices.map((way) => ({ value: `${column} ${way}`, label: texts.sorts[column][way] })),
          )}
          onChange={(event) => {
            const [column, way] = event.currentTarget.value.split(' ');
            onChange({
              sort: sortChoices.find((choice) => choice === column),
              direction: directionChoices.find((choice) => choice === way),
            });
          }}
        />
      </div>
      <div id={panelId} className={classes['filters']} hidden={!opened}>
        <FilterFields
          search={search}
          onChange={onChange}
          providers={providers}
          organizations={organizations}
        />
      </div>
    </>
  );
}
