import type { Omission } from '@anyforge/client';
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkAnchor } from './links.js';
import { useTexts } from '../texts/use-texts.js';

/** Where one does something about what a forge left out; where it does not say so, what anyforge can tell of it. */
export function OmissionLink({ url, label }: Pick<Omission, 'url'> & { readonly label?: string }): ReactNode {
  const { omission: texts } = useTexts().common;
  return url === undefined ? (
    <LinkAnchor to="/why" inherit underline="always">
      {texts.why}
    </LinkAnchor>
  ) : (
    <Anchor href={url} target="_blank" rel="noreferrer" inherit underline="always">
      {label ?? texts.open}
    </Anchor>
  );
}
