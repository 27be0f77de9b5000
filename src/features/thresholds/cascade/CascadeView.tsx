import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isCutlineError } from '../../../core/errors.ts';
import { Button } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { ErrorPanel } from '../../../design/ErrorPanel.tsx';
import { formatCountOf } from '../../../design/format.ts';
import { ProgressBar } from '../../../design/ProgressBar.tsx';
import { Select } from '../../../design/Select.tsx';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { FigureState } from '../FigureState.tsx';
import { PartSentence } from '../PartSentence.tsx';
import type { ThresholdsViewProps } from '../view-props.ts';
import { CascadeControls } from './CascadeControls.tsx';
import { CascadeTable } from './CascadeTable.tsx';
import { type CascadeNames, cascadeSentence } from './cascade.view-model.ts';
import { useOtherScores } from './other-scores.ts';
import { type SecondScores, secondScores } from './second-scores.ts';
import { useCascade } from './use-cascade.ts';

/** A fast model decides outside a band of its scores, an accurate one inside it. */
export function CascadeView(props: ThresholdsViewProps) {
  const choices = useWorkspace((state) => state.choices);
  const models = useWorkspace((state) => state.models);
  const table = useWorkspace((state) => state.table);
  const mapping = useWorkspace((state) => state.mapping);
  const seconds = useMemo(
    () => secondScores({ choices, models, table, mapping }),
    [choices, models, table, mapping],
  );
  return seconds.length === 0 ? <OnlyOne /> : <Cascade {...props} seconds={seconds} />;
}

function OnlyOne() {
  const { toWorkspace } = useOtherScores();
  return (
    <EmptyState
      title="Which rows need the accurate model, and which can a fast one decide?"
      action={
        <Button kind="primary" onPress={toWorkspace}>
          Open a second model
        </Button>
      }
    >
      A cascade needs two scores of the same rows: another open model, or a column of earlier scores. There is
      one so far.
    </EmptyState>
  );
}

function Cascade(props: ThresholdsViewProps & { readonly seconds: readonly SecondScores[] }) {
  const { seconds, answer, rows } = props;
  const { query, pair, second, isReady, ask, search, set } = useCascade(props, seconds);
  const inForce = useWorkspace(
    (state) => state.choices.scoreColumn ?? state.model.value?.name ?? 'the scores in force',
  );
  const other = second?.name ?? '';
  const names: CascadeNames =
    pair.current === 'fast' ? { fast: inForce, accurate: other } : { fast: other, accurate: inForce };
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-x-4 gap-y-2">
        <Select
          label="Second scores"
          layout="stack"
          className="w-64 max-wide:w-full"
          options={seconds.map(({ id, name, form }) => ({
            id,
            label: name,
            detail: form.kind === 'model' ? 'open model' : 'column of the table',
          }))}
          value={second?.id ?? null}
          placeholder="Not open any more"
          onChange={(id) => ask({ other: seconds.find((each) => each.id === id)!.form })}
        />
        <Select
          label="Fast, asked first"
          layout="stack"
          className="w-64 max-wide:w-full"
          options={[
            { id: 'accurate', label: other, detail: 'the second scores' },
            { id: 'fast', label: inForce, detail: 'the scores in force' },
          ]}
          value={pair.current}
          onChange={(current) => ask({ current: current as 'fast' | 'accurate' })}
        />
      </div>
      {second !== null && !isReady ? (
        <ToScore second={second} />
      ) : (
        <FigureState query={query} what="The cascade">
          {(cascade) => (
            <>
              <PartSentence parts={cascadeSentence(cascade, names, answer.scenario)} />
              <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,1fr)_256px]">
                <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
                  <CascadeTable answer={cascade} names={names} scenario={answer.scenario} rows={rows} />
                  <p className="max-w-[88ch] text-caption text-text-3">
                    A row is passed below the band, flagged above it, and decided by the accurate score inside
                    it; without a fast score it is passed. The interval of the difference is paired by row, at
                    fixed thresholds: a band picked on these rows does better on them than on new ones.
                  </p>
                </div>
                <CascadeControls answer={cascade} onChange={set} onSearch={search} />
              </div>
            </>
          )}
        </FigureState>
      )}
    </>
  );
}

/** A model that has not scored the table yet; scores that this browser keeps come back by themselves. */
function ToScore({ second }: { readonly second: SecondScores }) {
  const { bring, score, run } = useOtherScores();
  const rowCount = useWorkspace((state) => state.table.value?.rowCount ?? 0);
  const { form } = second;
  const { isLoading } = useQuery<boolean>({
    queryKey: ['scores/kept', 'cascade', form],
    queryFn: form.kind === 'model' ? ({ signal }) => bring(form.id, signal) : skipToken,
    gcTime: 0,
    retry: false,
  });
  const own = form.kind === 'model' && run?.modelId === form.id ? run : null;
  if (own?.error)
    return (
      <ErrorPanel
        title={`${second.name} could not score the table`}
        message={own.error.message}
        {...(isCutlineError(own.error) ? { advice: own.error.advice } : {})}
        details={own.error.stack ?? own.error.message}
      />
    );
  if (own !== null)
    return (
      <div className="grid max-w-md gap-2" role="status">
        <ProgressBar
          label={`Scoring with ${second.name}`}
          share={own.progress === null ? Number.NaN : own.progress.done / own.progress.total}
          action={<Button onPress={own.cancel}>Cancel</Button>}
        />
      </div>
    );
  return (
    <EmptyState
      title={`${second.name} has not scored this table yet.`}
      action={
        form.kind === 'model' && (
          <Button kind="primary" isDisabled={isLoading} onPress={() => score(form.id)}>
            Score {formatCountOf(rowCount, 'row')}
          </Button>
        )
      }
    />
  );
}
