import { Button, Collapse, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure, useId } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { readText, readValue } from '../../components/schema-form/config-values.js';
import type { SchemaField } from '../../components/schema-form/schema-fields.js';
import { SchemaForm } from '../../components/schema-form/schema-form.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { hasBothForms, hostingFormOf, isElsewhere } from './hosting.js';
import { schemaStateOf } from './schema-state.js';
import type { Editor } from './use-editor.js';

/** Where the forge is, and the rest of its config but for the OAuth application. */
export function AddressFields({ editor }: { readonly editor: Editor }): ReactNode {
  const { general } = useTextsOf(gitProviderEditorTexts);
  const { type, fields, values, changeConfig, issueAt } = editor;
  const { cloud, selfHosted } = type.hosting;
  const [form, setForm] = useState(() => hostingFormOf(type.hosting, values.config));
  // What was typed before the switch was turned off comes back with it.
  const [typed, setTyped] = useState(() =>
    form === 'self-hosted' ? readText(values.config, 'baseUrl') : '',
  );
  const address = fields.find(({ path }) => path === 'baseUrl');
  const others = fields.filter(({ path }) => path !== 'baseUrl' && path !== 'oauth');
  const further = form === 'cloud' && address !== undefined ? [address, ...others] : others;

  return (
    <>
      {hasBothForms(type.hosting) && cloud !== undefined && selfHosted !== undefined && (
        <Switch
          label={selfHosted.label}
          description={general.selfHostedDescription(cloud.label)}
          checked={form === 'self-hosted'}
          onChange={({ currentTarget: { checked } }) => {
            setForm(checked ? 'self-hosted' : 'cloud');
            changeConfig('baseUrl', checked ? typed : cloud.baseUrl);
          }}
        />
      )}
      {form === 'self-hosted' && address !== undefined && (
        <TextInput
          type="url"
          inputMode="url"
          label={address.title}
          description={address.description}
          placeholder={selfHosted?.example}
          required
          autoComplete="off"
          spellCheck={false}
          value={readText(values.config, 'baseUrl')}
          error={issueAt('config.baseUrl')}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            changeConfig('baseUrl', currentTarget.value);
          }}
        />
      )}
      {further.length > 0 && <FurtherFields editor={editor} fields={further} />}
    </>
  );
}

interface FurtherFieldsProps {
  readonly editor: Editor;
  readonly fields: readonly SchemaField[];
}

/** What few need; open where it is set, required or wrong. */
function FurtherFields({ editor, fields }: FurtherFieldsProps): ReactNode {
  const { general } = useTextsOf(gitProviderEditorTexts);
  const { type, values, issueAt } = editor;
  const id = useId();
  const isSet = ({ path, required }: SchemaField) =>
    path === 'baseUrl'
      ? isElsewhere(type.hosting, values.config)
      : required || readValue(values.config, path) !== undefined;
  const [isOpen, { toggle }] = useDisclosure(fields.some(isSet));
  const isWrong = fields.some(({ path }) => issueAt(`config.${path}`) !== undefined);
  const isShown = isOpen || isWrong;
  const Chevron = isShown ? IconChevronDown : IconChevronRight;
  const state = schemaStateOf(editor);
  return (
    <Stack gap="xs" align="stretch">
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        aria-expanded={isShown}
        aria-controls={id}
        leftSection={<Chevron size={16} aria-hidden />}
        onClick={toggle}
      >
        {general.advanced}
      </Button>
      <Collapse expanded={isShown} id={id}>
        <SchemaForm fields={fields} {...state} />
      </Collapse>
    </Stack>
  );
}
