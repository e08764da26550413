import type { SyncTask } from '@anyforge/client';
import { Loader } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconCircleMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Look {
  readonly Shape: Icon;
  readonly color: string;
}

const looks: Readonly<Record<Exclude<SyncTask['state'], 'running'>, Look>> = {
  queued: { Shape: IconClock, color: 'var(--mantine-color-dimmed)' },
  waiting: { Shape: IconClock, color: 'var(--mantine-color-dimmed)' },
  succeeded: { Shape: IconCircleCheck, color: 'var(--mantine-color-green-filled)' },
  failed: { Shape: IconAlertTriangle, color: 'var(--mantine-color-error)' },
  cancelled: { Shape: IconCircleMinus, color: 'var(--mantine-color-dimmed)' },
  interrupted: { Shape: IconAlertTriangle, color: 'var(--mantine-color-error)' },
};

/** A sign for eyes; the words stand beside it. */
export function TaskStateIcon({ state }: { readonly state: SyncTask['state'] }): ReactNode {
  if (state === 'running') return <Loader size={16} aria-hidden />;
  const { Shape, color } = looks[state];
  return <Shape size={18} color={color} aria-hidden />;
}
