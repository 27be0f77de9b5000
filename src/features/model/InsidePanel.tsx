import { useMemo, useState } from 'react';
import { ChartFrame, type Definition } from '../../charts/ChartFrame.tsx';
import type { LinearFacts, ModelSummary, TreeStatistics } from '../../core/model/signature.ts';
import { Chip } from '../../design/Chip.tsx';
import { Panel } from '../../design/Panel.tsx';
import { BarsPicture, barsHeight } from './BarsPicture.tsx';
import { FactList } from './FactList.tsx';
import {
  type BarsView,
  coefficientsView,
  featureUseView,
  hasGain,
  linearLines,
  treeLines,
  type UseMeasure,
} from './trees.view-model.ts';

/** What is inside the model, where it could be told: trees and the features they use, or coefficients. */
export function InsidePanel({ model }: { readonly model: ModelSummary }) {
  if (model.trees !== null) return <Trees trees={model.trees} />;
  if (model.linear !== undefined) return <Linear linear={model.linear} classLabels={model.classLabels} />;
  return (
    <Panel ruled title="Inside">
      <p className="max-w-[80ch] text-table text-text-2">
        The graph holds neither one tree ensemble nor one linear model that could be taken out of it, so ONNX
        Runtime scores it as it is, and explanations treat it as a black box.
      </p>
    </Panel>
  );
}

const USE: Record<UseMeasure, Definition> = {
  splits: {
    text: 'How many splits of all trees ask for the feature. It says what the trees look at, not how much that changes the score; a feature with many distinct values is split on more often.',
    formula: 'splits of f = number of nodes whose feature is f',
  },
  gain: {
    text: 'How much the splits on the feature lowered the training loss, as the training program wrote it into the file. It is about the training rows, and favours features with many distinct values.',
    formula: 'gain of f = Σ gain over the nodes whose feature is f',
  },
};

function Trees({ trees }: { readonly trees: TreeStatistics }) {
  const [measure, setMeasure] = useState<UseMeasure>('splits');
  const view = useMemo(() => featureUseView(trees, measure), [trees, measure]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Panel ruled title="Trees" caption="As they are in the file">
        <FactList lines={treeLines(trees)} />
      </Panel>
      {hasGain(trees) && (
        <div className="-mb-2 flex gap-1.5">
          <Chip isSelected={measure === 'splits'} onChange={() => setMeasure('splits')}>
            Splits
          </Chip>
          <Chip isSelected={measure === 'gain'} onChange={() => setMeasure('gain')}>
            Gain
          </Chip>
        </div>
      )}
      <Bars
        title={measure === 'splits' ? 'Feature use, by splits' : 'Feature use, by gain'}
        view={view}
        definition={USE[measure]}
      />
    </div>
  );
}

function Linear({
  linear,
  classLabels,
}: { readonly linear: LinearFacts } & Pick<ModelSummary, 'classLabels'>) {
  const [output, setOutput] = useState(0);
  const view = useMemo(() => coefficientsView(linear, output), [linear, output]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Panel
        ruled
        title="Linear model"
        caption="As it is in the file, over the features after scaling and encoding"
      >
        <FactList lines={linearLines(linear)} />
      </Panel>
      {linear.intercepts.length > 1 && (
        <div className="-mb-2 flex flex-wrap gap-1.5">
          {linear.intercepts.map((_, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an output is its position
            <Chip key={k} isSelected={k === output} onChange={() => setOutput(k)}>
              {classLabels?.[k] ?? `output ${k + 1}`}
            </Chip>
          ))}
        </div>
      )}
      <Bars
        title="Coefficients"
        view={view}
        definition={{
          text: 'What the feature adds to the sum per unit. Features are compared fairly only where they were brought to one scale before.',
          formula: 'score = link(intercept + Σ coefficient × feature)',
        }}
      />
    </div>
  );
}

function Bars({
  title,
  view,
  definition,
}: {
  readonly title: string;
  readonly view: BarsView;
  readonly definition: Definition;
}) {
  return (
    <ChartFrame
      title={title}
      {...(view.leftOut === null ? {} : { caption: view.leftOut })}
      message={`${title}. ${view.message}`}
      twin={view.twin}
      definition={definition}
      height={barsHeight(view)}
    >
      <BarsPicture view={view} />
    </ChartFrame>
  );
}
