import { useQuery } from '@tanstack/react-query';
import { asCutlineError } from '../../contracts/error-data.ts';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { Notice } from '../../design/Notice.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { demoManifestQuery, demoNamesQuery } from './demo-queries.ts';
import { openDemo } from './open-demo.ts';

/** The workspaces that come with the app: real data first, simulated ones named as such. */
export function DemoOffer() {
  const names = useQuery(demoNamesQuery());
  return (
    <section aria-labelledby="demo-title" className="grid content-start gap-3">
      <h2 id="demo-title">Try it on a ready workspace</h2>
      {names.isPending && <Skeleton className="h-24" />}
      {names.isError && <Notice tone="fail">{asCutlineError(names.error).message}</Notice>}
      {names.data !== undefined && (
        <ul className="grid gap-5">
          {names.data.map((name, index) => (
            <DemoCard key={name} name={name} isFirst={index === 0} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DemoCard({ name, isFirst }: { readonly name: string; readonly isFirst: boolean }) {
  const isOpening = useWorkspace((state) => state.table.loading !== null);
  const { data: manifest, error, isPending } = useQuery(demoManifestQuery(name));
  if (isPending) return <Skeleton className="h-24" />;
  if (manifest === undefined)
    return error === null ? null : <Notice tone="fail">{asCutlineError(error).message}</Notice>;
  return (
    <li className="grid gap-1.5 border-t border-line pt-3 first:border-t-0 first:pt-0">
      <h3 className="flex flex-wrap items-center gap-2">
        {manifest.title}
        <Badge>{manifest.simulated ? 'Simulated' : 'Real data'}</Badge>
      </h3>
      <p className="text-body text-text">{manifest.description}</p>
      <div className="py-1">
        <Button
          kind={isFirst ? 'primary' : 'plain'}
          isDisabled={isOpening}
          onPress={() => void openDemo(name)}
        >
          Open the demo: {lowerFirst(manifest.title)}
        </Button>
      </div>
      <p className="text-caption text-text-3">{manifest.provenance}</p>
    </li>
  );
}

function lowerFirst(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
