import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { linkTo } from '../state/link.ts';
import { useWorkspace } from '../state/workspace-store.ts';

/** How long the confirmation stays, in ms: two glances. */
const CONFIRMED_MS = 2400;

/** Copies the link that reopens exactly this, and says so. */
export function ShareButton() {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const share = () => {
    navigator.clipboard.writeText(linkTo(useWorkspace.getState().choices, location)).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  const Icon = outcome === 'copied' ? Check : Link2;
  return (
    <Button kind="quiet" onPress={share}>
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      <span aria-live="polite">
        {outcome === 'copied' && 'Link copied'}
        {outcome === 'refused' && 'Copy it from the address bar'}
        {outcome === null && 'Share'}
      </span>
    </Button>
  );
}
