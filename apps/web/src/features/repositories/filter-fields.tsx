import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { RepositorySearch } from './repository-search.js';
import { permissionChoices, visibilityChoices } from './repository-search.js';
import { useTypedText } from './use-typed-text.js';

interface FilterFieldsProps {
  readonly search: RepositorySearch;
  readonly onChange: (change: Partial<RepositorySearch>) => void;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** Offered while one types an organization. */
  readonly organizations: readonly string[];
}

const pauseMs = 300;

/** What the list can be narrowed to, besides the search. */
export function FilterFields({ search, onChange, providers, organizations }: FilterFieldsProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const organizationsId = useId();
  const organization = useTypedText(
    search.organization ?? '',
    (path) => {
      onChange({ organization: path });
    },
    pauseMs,
  );
  return (
    <>
      <NativeSelect
        label={texts.filter.gitProvider}
        value={search.gitProvider ?? ''}
        data={[
          { value: '', label: texts.anything.gitProvider },
          ...providers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          onChange({ gitProvider: event.currentTarget.value });
        }}
      />
      <TextInput
        label={texts.filter.organization}
        placeholder={texts.anything.organization}
        title={texts.organizationHint}
        list={organizationsId}
        value={organization.text}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          organization.type(event.currentTarget.value);
        }}
      />
      <datalist id={organizationsId}>
        {organizations.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <NativeSelect
        label={texts.filter.permission}
        value={search.permission ?? ''}
        data={[
          { value: '', label: texts.anything.permission },
          ...permissionChoices.map((level) => ({
            value: level,
            label: level === 'unknown' ? texts.onlyUnknown : texts.atLeast(texts.levels[level]),
          })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ permission: permissionChoices.find((choice) => choice === value) });
        }}
      />
      <NativeSelect
        label={texts.filter.visibility}
        value={search.visibility ?? ''}
        data={[
          { value: '', label: texts.anything.visibility },
          ...visibilityChoices.map((value) => ({ value, label: texts.visibility[value] })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ visibility: visibilityChoices.find((choice) => choice === value) });
        }}
      />
      <NativeSelect
        label={texts.filter.archived}
        value={search.archived === undefined ? '' : String(search.archived)}
        data={[
          { value: '', label: texts.anything.archived },
          { value: 'false', label: texts.archivedChoices.false },
          { value: 'true', label: texts.archivedChoices.true },
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ archived: value === '' ? undefined : value === 'true' });
        }}
      />
    </>
  );
}
