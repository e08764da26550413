import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../components/page-header.js';

export interface WayBackProps {
  readonly title: string;
  readonly description: string;
  readonly action: string;
}

/** Says why there is nothing to see, and leads to where there is. */
export function WayBack({ title, description, action }: WayBackProps): ReactNode {
  return (
    <>
      <PageHeader title={title} />
      <Text mb="md">{description}</Text>
      <Button component={Link} to="/repositories">
        {action}
      </Button>
    </>
  );
}
