import { ChartFrame, type Definition } from '../../charts/ChartFrame.tsx';
import type { ImpactView } from './impact-view.ts';
import { WaterfallPicture, type WaterfallSize, waterfallHeight } from './WaterfallPicture.tsx';
import { waterfallMessage, waterfallSteps, waterfallTitle, waterfallTwin } from './waterfall.view-model.ts';

export interface WaterfallPanelProps {
  readonly flow: ImpactView['flow'];
  readonly caption: string;
  /** Whether the money has been spent, or is said to be. */
  readonly isPredicted: boolean;
  readonly size: WaterfallSize;
  readonly isStale: boolean;
}

/** From what was prevented, over what was spent on it, to what is left. */
export function WaterfallPanel(props: WaterfallPanelProps) {
  const { flow, caption, isPredicted, size, isStale } = props;
  const steps = waterfallSteps(flow);
  return (
    <ChartFrame
      title={waterfallTitle(isPredicted)}
      caption={caption}
      message={waterfallMessage(flow)}
      twin={waterfallTwin(flow)}
      definition={definition}
      height={waterfallHeight(steps, size)}
      isStale={isStale}
    >
      <WaterfallPicture steps={steps} size={size} />
    </ChartFrame>
  );
}

const definition: Definition = {
  text: 'What flagging the rows at the threshold brought, less everything that it cost, each kind of cost by itself. What was missed is no part of it: that money was lost with and without the model.',
  formula: 'net value = prevented − spent',
};
