import { Button } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';

export interface NoMonthsProps {
  /** The date column that has no date for any judged row; null = there is none. */
  readonly dateColumn: string | null;
  readonly onWorkspace: () => void;
}

/** What the months would need. The rest of the page does not. */
export function NoMonths({ dateColumn, onWorkspace }: NoMonthsProps) {
  return (
    <Panel title="Month by month" ruled>
      <p className="max-w-[66ch] text-body text-pretty text-text-2">
        {dateColumn === null
          ? 'For months this page needs to know when each row was decided: give that column the role date in the workspace, or add a file of outcomes that has the date. All other figures stand without it.'
          : `No judged row has a date in ${dateColumn}, so there are no months. Choose another column as date in the workspace, or add a file of outcomes that has one.`}
      </p>
      <Button kind="quiet" className="mt-1 -ml-2.5" onPress={onWorkspace}>
        Choose the date column
      </Button>
    </Panel>
  );
}
