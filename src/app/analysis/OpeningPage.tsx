import { Button } from '../../design/Button.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { progressView } from '../../features/workspace/progress-view.ts';
import type { Readiness } from './readiness.ts';

interface OpeningPageProps {
  readonly name: string;
  readonly opening: Extract<Readiness, { kind: 'opening' }>;
}

/** The shape of an analysis page while its table, model or scores are on their way, with progress and a way out. */
export function OpeningPage({ name, opening }: OpeningPageProps) {
  const { share, detail } = progressView(opening.progress, opening.startedAtMs, Date.now());
  return (
    <main id="content" aria-busy="true" className="grid gap-6 px-5 py-4 max-wide:px-4">
      <h1 className="sr-only">{name}</h1>
      <div className="max-w-xl">
        <ProgressBar
          label={opening.what}
          share={share}
          detail={detail}
          action={opening.cancel === null ? null : <Button onPress={opening.cancel}>Cancel</Button>}
        />
      </div>
      <PageSkeleton />
    </main>
  );
}

/** Answer, main picture, two small ones and a table, as grey shapes. */
export function PageSkeleton() {
  return (
    <div className="grid gap-6">
      <div className="grid max-w-[80ch] gap-2">
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-6 w-3/4" />
      </div>
      <div className="grid gap-6 desk:grid-cols-[minmax(0,1fr)_288px]">
        <Skeleton className="h-[300px]" />
        <div className="grid gap-6">
          <Skeleton className="h-[138px]" />
          <Skeleton className="h-[138px]" />
        </div>
      </div>
      <Skeleton className="h-40" />
    </div>
  );
}
