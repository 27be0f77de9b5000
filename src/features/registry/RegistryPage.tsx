import { AuditPanel } from './AuditPanel.tsx';
import { DecisionsPanel } from './DecisionsPanel.tsx';
import { ImpactsPanel } from './ImpactsPanel.tsx';
import { ModelsPanel, type OpenFiles } from './ModelsPanel.tsx';
import { RegistryAnswer } from './RegistryAnswer.tsx';
import { RegistryNotice } from './RegistryNotice.tsx';
import { ScenariosPanel } from './ScenariosPanel.tsx';
import { SignedAs } from './SignedAs.tsx';
import { TablesPanel } from './TablesPanel.tsx';
import { WorkspacesPanel } from './WorkspacesPanel.tsx';

export interface RegistryPageProps extends OpenFiles {
  /** Reopens what a link's fragment names. */
  readonly onReopen: (fragment: string) => void;
}

/** What was decided, by whom and on what; what is kept for others; and the way back to each. */
export function RegistryPage({ onReopen, onFiles }: RegistryPageProps) {
  return (
    <main id="content" className="min-w-0 px-5 py-4 [overflow-wrap:anywhere] max-wide:px-4">
      <h1 className="sr-only">Registry</h1>
      <RegistryAnswer />
      <div className="mb-4 max-w-[80ch]">
        <RegistryNotice />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-6 desk:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <DecisionsPanel onReopen={onReopen} />
          <ModelsPanel onFiles={onFiles} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <WorkspacesPanel onReopen={onReopen} />
          <ScenariosPanel />
          <ImpactsPanel />
          <TablesPanel />
          <SignedAs />
        </div>
      </div>
      <div className="mt-6 [overflow-wrap:normal]">
        <AuditPanel />
      </div>
    </main>
  );
}
