import type { OrganizationSettingsPreview } from '@anyforge/client';
import { Alert, Group, Loader, Progress, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { PreviewSamples } from './preview-samples.js';
import type { Preview } from './use-settings-preview.js';

/** What the settings would do to the repositories that are stored, before they are saved. */
export function SettingsPreview({ preview }: { readonly preview: Preview }): ReactNode {
  const { preview: texts } = useTextsOf(organizationSettingsTexts);
  const id = useId();
  const { data, error, isWrong, isUpdating } = preview;
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <div>
        <Group gap="xs">
          <Title order={3} size="h6" id={id}>
            {texts.title}
          </Title>
          {isUpdating && data !== undefined && <Loader size={14} aria-label={texts.updating} />}
        </Group>
        <Text size="xs" c="dimmed">
          {texts.description}
        </Text>
      </div>
      {error !== null ? (
        <ProblemAlert error={error} />
      ) : isWrong ? (
        <Text size="sm">{texts.wrong}</Text>
      ) : data === undefined ? (
        <Skeleton h={120} />
      ) : (
        <Effects data={data} />
      )}
    </Stack>
  );
}

function Effects({ data }: { readonly data: OrganizationSettingsPreview }): ReactNode {
  const { preview: texts } = useTextsOf(organizationSettingsTexts);
  const { total, kept, hidden, samples, knownOnlyAfterSync } = data;
  if (total === 0) return <Text size="sm">{texts.empty}</Text>;
  return (
    <>
      <Text size="sm" aria-live="polite">
        <Text span fw={600}>
          {texts.total(kept, total)}
        </Text>
        {hidden > 0 && `, ${texts.hidden(hidden)}`}
      </Text>
      <Progress value={(kept / total) * 100} aria-label={texts.total(kept, total)} />
      <Rules data={data} />
      {knownOnlyAfterSync && (
        <Alert color="pine" icon={<IconInfoCircle aria-hidden />}>
          {texts.knownOnlyAfterSync}
        </Alert>
      )}
      <PreviewSamples samples={samples} />
    </>
  );
}

interface Rule {
  readonly key: string;
  readonly label: string;
  readonly kept: number;
  readonly hidden: number;
}

/** What each rule decides; none where there is none. */
function Rules({ data }: { readonly data: OrganizationSettingsPreview }): ReactNode {
  const { preview: texts } = useTextsOf(organizationSettingsTexts);
  const { organizations, patterns, outside, unmatched } = data;
  const rules: readonly Rule[] = [
    ...organizations.map(({ id, path, ...effect }) => ({
      key: `organization ${id}`,
      label: path,
      ...effect,
    })),
    ...patterns.map(({ pattern, ...effect }, index) => ({
      key: `pattern ${index}`,
      label: pattern,
      ...effect,
    })),
    ...(outside > 0 ? [{ key: 'outside', label: texts.outside, kept: 0, hidden: outside }] : []),
    ...(unmatched > 0 ? [{ key: 'unmatched', label: texts.unmatched, kept: 0, hidden: unmatched }] : []),
  ];
  if (rules.length === 0) return null;
  return (
    <Table fz="sm" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.rule}</Table.Th>
          <Table.Th ta="right">{texts.keptColumn}</Table.Th>
          <Table.Th ta="right">{texts.hiddenColumn}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rules.map(({ key, label, kept, hidden }) => (
          <Table.Tr key={key}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{label}</Table.Td>
            <Table.Td ta="right">{kept}</Table.Td>
            <Table.Td ta="right">{hidden}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
