const WORDS: Readonly<Record<string, string>> = {
  'model.create': 'registered the model',
  'model.patch': 'described the model',
  'model.delete': 'deleted the model',
  'version.create': 'saved the version',
  'version.patch': 'described the version',
  'decision.pin': 'pinned the decision',
  'dataset.put': 'noted the table',
  'document.put': 'saved',
  'document.delete': 'deleted',
  'blob.put': 'uploaded the file',
  'blob.collect': 'removed the unused file',
};

/** An action of the audit log in words; one that this release does not know stays as it is written. */
export function actionText(action: string): string {
  return WORDS[action] ?? action;
}
