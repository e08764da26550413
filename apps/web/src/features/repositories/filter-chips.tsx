import { Button, Group, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { filterWords } from './filter-words.js';
import classes from './filter-chips.module.css';
import type { RepositorySearch } from './repository-search.js';
import { activeFilters, noFilters } from './repository-search.js';

interface FilterChipsProps {
  readonly search: RepositorySearch;
  readonly providerName: (id: string) => string | undefined;
  readonly onChange: (change: Partial<RepositorySearch>) => void;
}

/** The filters that leave repositories out now; each goes away when it is pressed. */
export function FilterChips({ search, providerName, onChange }: FilterChipsProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  // What is searched for stands in its own field already.
  const active = activeFilters(search).filter((name) => name !== 'search');
  if (active.length === 0) return null;
  return (
    <Group role="group" aria-label={texts.activeFilters} gap="xs">
      {active.map((name) => {
        const words = filterWords(name, search, { texts, providerName });
        return (
          <UnstyledButton
            key={name}
            className={classes['chip']}
            aria-label={texts.removeFilter(words)}
            onClick={() => {
              onChange({ [name]: undefined });
            }}
          >
            <span className={classes['words']}>{words}</span>
            <IconX size={14} aria-hidden />
          </UnstyledButton>
        );
      })}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => {
          onChange({ ...noFilters, search: search.search });
        }}
      >
        {texts.clearFilters}
      </Button>
    </Group>
  );
}
