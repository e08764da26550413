import type { FocusEvent, KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import styles from './drop-panel.module.css';

/** What the button of a panel needs to be one. */
interface DropPanelButton {
  readonly ref: Ref<HTMLButtonElement>;
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string | undefined;
  readonly onClick: () => void;
}

export interface DropPanelProps {
  readonly button: (props: DropPanelButton) => ReactNode;
  /** What is within. A link closes the panel, and so does what carries `data-closes`. */
  readonly children: ReactNode;
  /** What the panel is about. */
  readonly label: string;
  readonly defaultOpened?: boolean;
  /** It has much to say: on a phone it takes the whole width, below the navigation bar. */
  readonly wide?: boolean;
}

/**
 * A button, and a panel that it opens below itself, at its end. The panel closes by Escape, by a press elsewhere, and when
 * the focus goes on. It follows the page, and needs no library that measures it.
 */
export function DropPanel({
  button,
  children,
  label,
  defaultOpened = false,
  wide = false,
}: DropPanelProps): ReactNode {
  const [isOpen, setOpen] = useState(defaultOpened);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && whole.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('pointerdown', onPress);
    };
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const closeByKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && isOpen) close();
  };
  const closeByChoice = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a, [data-closes]') !== null) close();
  };
  const closeBehind = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && whole.current?.contains(relatedTarget) !== true) setOpen(false);
  };
  return (
    <div ref={whole} className={styles['whole']} onKeyDown={closeByKey} onBlur={closeBehind}>
      {button({
        ref: opener,
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? id : undefined,
        onClick: () => {
          setOpen((now) => !now);
        },
      })}
      {isOpen && (
        <div
          id={id}
          role="group"
          aria-label={label}
          className={styles['panel']}
          data-wide={wide || undefined}
          onClick={closeByChoice}
        >
          {children}
        </div>
      )}
    </div>
  );
}
