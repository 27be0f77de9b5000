import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useWorkspace } from '../../state/workspace-store.ts';
import { demoManifestQuery } from './demo-queries.ts';
import { demoFileUrl } from './open-demo.ts';

/** For simulated data: what was put into it, as a file to compare findings with. Absent for everything else. */
export function DemoTruth() {
  const demo = useWorkspace((state) => state.choices.demo);
  const { data: manifest } = useQuery(demoManifestQuery(demo));
  if (demo === null || manifest === undefined || !manifest.simulated) return null;
  return (
    <p className="text-caption text-text-3">
      {manifest.provenance}{' '}
      {manifest.truth !== null && (
        <a
          href={demoFileUrl(demo, manifest.truth)}
          download={`${demo}-${manifest.truth}`}
          className="inline-flex items-center gap-1 font-medium text-accent-ink underline-offset-2 hover:underline"
        >
          <Download size={12} strokeWidth={1.75} aria-hidden="true" />
          What was put into this data
        </a>
      )}
    </p>
  );
}
