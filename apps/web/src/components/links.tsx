import type { AnchorProps, ButtonProps } from '@mantine/core';
import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

/** What an `a` takes that Mantine has not taken for something else. */
type Rest<Props> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & {
  readonly ref?: Ref<HTMLAnchorElement>;
};

function PlainAnchor(props: AnchorProps & Rest<AnchorProps>): ReactNode {
  return <Anchor {...props} />;
}

function PlainButton(props: ButtonProps & Rest<ButtonProps>): ReactNode {
  return <Button component="a" {...props} />;
}

/** A link to a screen, which is checked to be there with its parameters. */
export const LinkAnchor = createLink(PlainAnchor);

/** A link to a screen that looks like a button. */
export const LinkButton = createLink(PlainButton);
