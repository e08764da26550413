import type { ReactNode } from 'react';
import styles from './row-list.module.css';

/** A list of few things, one below the other. */
export function RowList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ul className={styles['list']} aria-label={label}>
      {children}
    </ul>
  );
}

export interface RowProps {
  readonly children: ReactNode;
  /** Buttons, at the end of the line; below on a phone. */
  readonly actions?: ReactNode;
}

/** One of them. */
export function Row({ children, actions }: RowProps): ReactNode {
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>{children}</div>
      {actions}
    </li>
  );
}
