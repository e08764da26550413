import type { FocusEvent, KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
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
  /** Told each time that the panel has opened or closed. */
  readonly onToggle?: (opened: boolean) => void;
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
  onToggle,
  wide = false,
}: DropPanelProps): ReactNode {
  const [isOpen, setOpen] = useState(defaultOpened);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const show = (opened: boolean) => {
    if (opened === isOpen) return;
    setOpen(opened);
    onToggle?.(opened);
  };
  const hide = useEffectEvent(() => {
    show(false);
  });
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && whole.current?.contains(target) !== true) hide();
    };
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('pointerdown', onPress);
    };
  }, [isOpen]);
  const close = () => {
    show(false);
    opener.current?.focus();
  };
  const closeByKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && isOpen) close();
  };
  const closeByChoice = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a, [data-closes]') !== null) close();
  };
  const closeBehind = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && whole.current?.contains(relatedTarget) !== true) show(false);
  };
  return (
    <div ref={whole} className={styles['whole']} onKeyDown={closeByKey} onBlur={closeBehind}>
      {button({
        ref: opener,
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? id : undefined,
        onClick: () => {
          show(!isOpen);
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
