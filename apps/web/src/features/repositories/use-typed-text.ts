import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface TypedText {
  readonly text: string;
  /** Takes up what was typed, and passes it on after a pause. */
  readonly type: (text: string) => void;
  /** Passes it on at once. */
  readonly flush: () => void;
}

/** What stands in a field whose text takes effect after a pause, and that something else may change meanwhile. */
export function useTypedText(applied: string, onChange: (text: string) => void, pauseMs: number): TypedText {
  const [typed, setTyped] = useState({ text: applied, sent: applied, applied });
  // Something else has changed it: a filter that was cleared, or the way back.
  if (typed.applied !== applied) {
    setTyped({ text: applied === typed.sent ? typed.text : applied, sent: applied, applied });
  }
  const send = useDebouncedCallback((text: string) => {
    setTyped((now) => ({ ...now, sent: text.trim() }));
    onChange(text);
  }, pauseMs);
  return {
    text: typed.text,
    type: (text) => {
      setTyped((now) => ({ ...now, text }));
      send(text);
    },
    // Looked up when it is called: each text that waits has its own.
    flush: () => {
      send.flush();
    },
  };
}
