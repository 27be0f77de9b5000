import { ChartFrame, type Definition } from '../../charts/ChartFrame.tsx';
import type { ImpactView } from './impact-view.ts';
import { WaterfallPicture, waterfallHeight } from './WaterfallPicture.tsx';
import { waterfallMessage, waterfallSteps, waterfallTwin } from './waterfall.view-model.ts';

export interface WaterfallPanelProps {
  readonly flow: ImpactView['flow'];
  readonly caption: string;
  readonly isStale: boolean;
}

/** From what was prevented, over what was spent on it, to what is left. */
export function WaterfallPanel({ flow, caption, isStale }: WaterfallPanelProps) {
  const steps = waterfallSteps(flow);
  return (
    <ChartFrame
      title="Where the money went"
      caption={caption}
      message={waterfallMessage(flow)}
      twin={waterfallTwin(flow)}
      definition={definition}
      height={waterfallHeight(steps)}
      isStale={isStale}
    >
      <WaterfallPicture steps={steps} />
    </ChartFrame>
  );
}

const definition: Definition = {
  text: 'What flagging the rows at the threshold brought, less everything that it cost, each kind of cost by itself. What was missed is no part of it: that money was lost with and without the model.',
  formula: 'net value = prevented − spent',
};
