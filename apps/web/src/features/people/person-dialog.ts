import type { Person } from '@anyforge/client';

/** What every dialog about somebody is told. */
export interface PersonDialogProps {
  readonly person: Person;
  readonly opened: boolean;
  readonly onClose: () => void;
}
