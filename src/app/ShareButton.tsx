import { Check, Link2 } from 'lucide-react';
import { Button } from '../design/Button.tsx';
import { copyLink, useLinkCopied } from './copy-link.ts';

/** Copies the link that reopens exactly this, and says so; on narrow screens an icon, whose words are read aloud. */
export function ShareButton() {
  const outcome = useLinkCopied();
  const Icon = outcome === 'copied' ? Check : Link2;
  return (
    <Button
      kind="quiet"
      onPress={() => void copyLink()}
      className="max-wide:w-[30px] max-wide:justify-center max-wide:px-0"
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      <span aria-live="polite" className="max-wide:sr-only">
        {outcome === 'copied' && 'Link copied'}
        {outcome === 'refused' && 'Copy it from the address bar'}
        {outcome === null && 'Share'}
      </span>
    </Button>
  );
}
