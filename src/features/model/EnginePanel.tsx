import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { latencyQuery } from '../../compute/model-checks.ts';
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { LatencyReport } from '../../core/sanity/model-check.ts';
import { Button } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict, type VerdictKind } from '../../design/Verdict.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { engineLines, gateVerdict, latencyRows, latencyRuns, referenceText } from './engine.view-model.ts';
import { FactList } from './FactList.tsx';
import type { PageParts } from './page-parts.ts';

interface EnginePanelProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** What scored the rows, whether it answers as the reference does, and how fast. */
export function EnginePanel({ model, parts }: EnginePanelProps) {
  const scoring = useWorkspace((state) => state.scoring);
  const choices = useWorkspace((state) => state.choices);
  const tableRows = useWorkspace((state) => state.table.value?.rowCount ?? null);
  const on = parts.onTable(model.id);
  const verdict = gateVerdict(scoring.gate);
  const isScored = scoring.scoresId !== null;
  return (
    <Panel
      title="Engine"
      caption="The fast kernel, where it equals the reference"
      {...(verdict === null ? {} : { menu: <EngineVerdict {...verdict} /> })}
    >
      {isScored ? (
        <div className="grid gap-3">
          <FactList
            lines={engineLines({
              gate: scoring.gate,
              engineName: scoring.engine,
              rowsPerSecond: scoring.rowsPerSecond,
              restored: scoring.restored,
              tableRows,
            })}
          />
          {choices.scoreColumn === null && (
            <p className="max-w-[60ch] text-caption text-text-3">{referenceText(model.format)}</p>
          )}
          {scoring.gate?.reason != null && (
            <p className="max-w-[60ch] text-table text-text-2">{scoring.gate.reason}</p>
          )}
          {on !== null && (
            <Latency
              key={model.id}
              on={on}
              engine={scoring.gate?.engine ?? 'reference'}
              Failure={parts.Failure}
            />
          )}
        </div>
      ) : (
        <p className="text-table text-text-3">Known once the model has scored the rows.</p>
      )}
    </Panel>
  );
}

/** As high as the title beside it. */
function EngineVerdict(verdict: { readonly kind: VerdictKind; readonly word: string }) {
  return (
    <span className="my-1">
      <Verdict {...verdict} />
    </span>
  );
}

interface LatencyProps {
  readonly on: ModelOnTable;
  readonly engine: GateReport['engine'];
  readonly Failure: PageParts['Failure'];
}

/** Measured only when asked for: it keeps a core busy for some seconds. */
function Latency({ on, engine, Failure }: LatencyProps) {
  const [isWanted, setWanted] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    ...latencyQuery({ ...on, engine }),
    enabled: isWanted,
  });
  if (isFetching)
    return (
      <ProgressBar
        label="Timing one row and 1,000 rows"
        share={Number.NaN}
        action={<Button onPress={() => setWanted(false)}>Cancel</Button>}
      />
    );
  return (
    <div className="grid justify-items-start gap-2">
      {error !== null && <Failure title="Latency was not measured" error={error} />}
      {data !== undefined && (
        <div className="w-full">
          <LatencyTable report={data} />
          <p className="px-2 text-caption text-text-3">{latencyRuns(data)}</p>
        </div>
      )}
      <Button onPress={() => (isWanted ? void refetch() : setWanted(true))}>
        {data === undefined ? 'Measure latency' : 'Measure again'}
      </Button>
    </div>
  );
}

function LatencyTable({ report }: { readonly report: LatencyReport }) {
  return (
    <Table label="Latency" className="w-full">
      <thead>
        <tr>
          <HeaderCell>Latency</HeaderCell>
          <HeaderCell numeric>p50</HeaderCell>
          <HeaderCell numeric>p95</HeaderCell>
          <HeaderCell numeric>p99</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {latencyRows(report).map(({ what, p50, p95, p99 }) => (
          <Row key={what}>
            <RowHeaderCell>{what}</RowHeaderCell>
            <Cell numeric>{p50}</Cell>
            <Cell numeric>{p95}</Cell>
            <Cell numeric>{p99}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
