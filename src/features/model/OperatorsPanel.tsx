import type { ModelSummary } from '../../core/model/signature.ts';
import { Disclosure } from '../../design/Disclosure.tsx';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { operatorRows, opsetText } from './file.view-model.ts';

/** The operators of an ONNX graph; absent for other formats. */
export function OperatorsPanel({ model }: { readonly model: ModelSummary }) {
  if (model.operators.length === 0) return null;
  const kinds = formatCountOf(model.operators.length, 'kind of operator', 'kinds of operators');
  return (
    <Panel ruled title="Operators" caption={`Operator sets: ${opsetText(model)}`}>
      <Disclosure title={kinds} isOpenAtFirst={model.operators.length <= 12}>
        <ul aria-label="Operators" className="grid max-w-xs gap-0.5 py-1 text-table text-text-2">
          {operatorRows(model).map(({ name, count }) => (
            <li key={name} className="flex justify-between gap-3">
              {name} <span className="text-text-3">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Panel>
  );
}
