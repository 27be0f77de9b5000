import { useQuery } from '@tanstack/react-query';
import { Button } from '../../design/Button.tsx';
import { formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { waitingQuery } from '../../registry/queries.ts';
import { useRegistryStatus } from '../../registry/status.ts';

/** Says that the registry does not answer, and what that means; nothing while it does. */
export function RegistryNotice() {
  const { state, checkNow } = useRegistryStatus();
  const { data: waiting = [] } = useQuery(waitingQuery());
  if (state === 'up' || state === 'checking') return null;
  const count = waiting.filter(({ refusal }) => refusal === null).length;
  return (
    <Notice
      tone="info"
      actions={
        <Button kind="quiet" onPress={checkNow} isDisabled={state === 'retrying'}>
          {state === 'retrying' ? 'Asking' : 'Ask again'}
        </Button>
      }
    >
      The registry does not answer. Everything else goes on as before; what you pin is kept in this browser
      and sent when the registry is back
      {count === 0 ? '.' : `: ${formatCount(count)} ${count === 1 ? 'decision waits' : 'decisions wait'}.`}
    </Notice>
  );
}
