import { ChartFrame } from '../../charts/ChartFrame.tsx';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { Panel } from '../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { AnswerText } from './AnswerText.tsx';
import {
  causeLines,
  causeTitle,
  comparisonSentence,
  comparisonTwin,
  differenceSentence,
  drawnText,
  worstRows,
} from './forms.view-model.ts';
import { ScatterPicture } from './ScatterPicture.tsx';

const HEIGHT = 340;

interface ComparisonProps {
  readonly comparison: FormComparison;
  readonly model: ModelSummary;
  /** Set when the two are models of their own, and not forms of one. */
  readonly challenger: ModelSummary | null;
  readonly isStale: boolean;
}

/** What two columns of scores have in common and where they part: a sentence, the picture, the causes, the worst rows. */
export function Comparison({ comparison, model, challenger, isStale }: ComparisonProps) {
  const { verdict, rows } = comparison;
  const sentence =
    challenger === null ? comparisonSentence(comparison) : differenceSentence(comparison, model, challenger);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-busy={isStale}>
      <p role="status" className="max-w-[88ch] text-body [&_b]:font-semibold">
        {challenger === null && (
          <>
            <Verdict
              kind={rows === 0 ? 'too-few' : verdict === 'equal' ? 'pass' : 'warn'}
              {...(rows === 0 ? {} : { word: verdict === 'equal' ? 'Equal' : 'Differ' })}
            />{' '}
          </>
        )}
        <AnswerText parts={sentence} />
      </p>
      {rows > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
          <ChartFrame
            title="Score against score"
            caption={drawnText(comparison)}
            message={sentence.map(({ text }) => text).join('')}
            twin={comparisonTwin(comparison)}
            definition={{
              text: 'Each dot is a row of the table: its score in one form from left to right, in the other from bottom to top. Rows whose scores are equal within the tolerance are grey and lie on the dashed line; coloured ones differ.',
              formula: 'differ: |left − right| > tolerance',
            }}
            height={HEIGHT}
            isStale={isStale}
          >
            <ScatterPicture comparison={comparison} height={HEIGHT} />
          </ChartFrame>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
            {challenger !== null && <NotForms />}
            {challenger === null && comparison.causes.length > 0 && <Causes comparison={comparison} />}
            {comparison.worst.length > 0 && verdict === 'differ' && <Worst comparison={comparison} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** Instead of causes, where there is no conversion that could have gone wrong. */
function NotForms() {
  return (
    <Panel title="Why no cause is named">
      <p className="max-w-[80ch] text-table text-text-2">
        A conversion keeps every tree or coefficient; these two do not hold the same. Which one decides better
        is told by the outcomes: score with each and compare the answers of the Thresholds page.
      </p>
    </Panel>
  );
}

function Causes({ comparison }: { readonly comparison: FormComparison }) {
  return (
    <Panel
      title="Likely causes"
      caption="Known mistakes of conversions, tried on the compared rows; the likeliest first"
    >
      <ol aria-label="Likely causes" className="grid gap-3 text-table">
        {causeLines(comparison.causes).map(({ cause, proof }) => (
          <li key={cause.code} className="grid gap-0.5">
            <p className="font-semibold">{causeTitle(cause.code)}</p>
            <p className="max-w-[80ch] text-text-2">{cause.explanation}</p>
            {cause.advice !== '' && <p className="max-w-[80ch]">{cause.advice}</p>}
            {proof !== '' && <p className="text-caption text-text-3">{proof}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Worst({ comparison }: { readonly comparison: FormComparison }) {
  return (
    <Panel title="Rows that differ most" caption="Data rows are counted from 1">
      <Table label="Rows that differ most" className="max-h-52">
        <thead>
          <tr>
            <HeaderCell>Row</HeaderCell>
            <HeaderCell numeric title={comparison.left}>
              <span className="ml-auto block max-w-40 truncate max-wide:max-w-20">{comparison.left}</span>
            </HeaderCell>
            <HeaderCell numeric title={comparison.right}>
              <span className="ml-auto block max-w-40 truncate max-wide:max-w-20">{comparison.right}</span>
            </HeaderCell>
            <HeaderCell numeric>Difference</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {worstRows(comparison).map(({ row, left, right, difference }) => (
            <Row key={row}>
              <RowHeaderCell>{row}</RowHeaderCell>
              <Cell numeric>{left}</Cell>
              <Cell numeric>{right}</Cell>
              <Cell numeric>{difference}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
