import { Notice } from '../design/Notice.tsx';
import { useWorkspace } from '../state/workspace-store.ts';

/** What the session has to say once: parts of a link that were not understood, files that it misses, full storage. */
export function Notices() {
  const notices = useWorkspace((state) => state.notices);
  const dismiss = useWorkspace((state) => state.dismissNotice);
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices" className="grid gap-2 border-b border-line px-5 py-2 max-wide:px-4">
      {notices.map((notice, index) => (
        <Notice
          // biome-ignore lint/suspicious/noArrayIndexKey: notices have no identity; two alike are two notices
          key={`${index} ${notice.code}`}
          tone="warn"
          onDismiss={() => dismiss(index)}
        >
          {notice.message}
        </Notice>
      ))}
    </section>
  );
}
