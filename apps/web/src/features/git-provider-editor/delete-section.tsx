import type { ListedGitProvider } from '@anyforge/client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deleteGitProvider } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { EditorSection } from '../../components/editor-section.js';

export interface DeleteSectionProps {
  readonly gitProvider: ListedGitProvider;
  readonly onDeleted: () => void;
}

/** Deletes a git provider, once its name is typed. */
export function DeleteSection({ gitProvider, onDeleted }: DeleteSectionProps): ReactNode {
  const { delete: texts } = useTextsOf(gitProviderEditorTexts);
  const { id, name, health } = gitProvider;
  const api = useApi();
  const [isOpen, { open, close }] = useDisclosure();
  const deleting = useMutation({ mutationFn: () => deleteGitProvider(api, id, name), onSuccess: onDeleted });
  return (
    <EditorSection title={texts.title} description={texts.description}>
      <Button
        variant="outline"
        color="red"
        w="fit-content"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={open}
      >
        {texts.button}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.dialogTitle(name)}
        typeToConfirm={name}
        pending={deleting.isPending}
        error={deleting.error}
        onConfirm={deleting.mutate}
        onClose={() => {
          close();
          deleting.reset();
        }}
      >
        {texts.dialogDescription(health?.connections ?? 0)}
      </ConfirmDialog>
    </EditorSection>
  );
}
