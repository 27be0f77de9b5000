import { Redo2, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../design/Button.tsx';
import { redo, undo, useHistory } from '../state/history.ts';

/** Undo and redo, each saying what it would change. */
export function HistoryButtons() {
  const { undoLabel, redoLabel } = useHistory();
  const buttons = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  // The last step disables the button that was pressed; the focus then goes to the other one and not to nowhere.
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (pressed.current && isLost) buttons.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    pressed.current = false;
  });
  const press = (step: () => void): void => {
    pressed.current = true;
    step();
  };
  return (
    <span ref={buttons} className="flex shrink-0">
      <HistoryButton icon={Undo2} word="Undo" what={undoLabel} onPress={() => press(undo)} />
      <HistoryButton icon={Redo2} word="Redo" what={redoLabel} onPress={() => press(redo)} />
    </span>
  );
}

interface HistoryButtonProps {
  readonly icon: typeof Undo2;
  readonly word: string;
  readonly what: string | null;
  readonly onPress: () => void;
}

function HistoryButton({ icon: Icon, word, what, onPress }: HistoryButtonProps) {
  const label = what === null ? `${word}: nothing to ${word.toLowerCase()}` : `${word}: ${what}`;
  return (
    <span title={label}>
      <Button
        kind="icon"
        label={label}
        isDisabled={what === null}
        onPress={onPress}
        className="disabled:bg-transparent disabled:opacity-50"
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
    </span>
  );
}
