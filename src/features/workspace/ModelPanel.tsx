import type { ReactNode } from 'react';
import type { ModelSummary } from '../../core/model/signature.ts';
import { Disclosure } from '../../design/Disclosure.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { openFiles } from './open-files.ts';

/** What the model file says about itself. */
export function ModelPanel({ model }: { readonly model: ModelSummary }) {
  const inputs = model.inputs.reduce((sum, { columns }) => sum + (columns ?? 0), 0);
  const opsets = model.opsets.map(
    ({ domain, version }) => `${domain === '' ? 'ai.onnx' : domain} ${version}`,
  );
  return (
    <section aria-labelledby="model-title" className="grid gap-2">
      <h2 id="model-title">Model</h2>
      <p className="text-table font-medium [overflow-wrap:anywhere]">{model.name}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
        <Fact name="Format">{model.format.toUpperCase()}</Fact>
        <Fact name="Size">{formatBytes(model.byteLength)}</Fact>
        <Fact name="Inputs">{inputs === 0 ? 'width left open' : formatCount(inputs)}</Fact>
        <Fact name="Classes">{model.classLabels === null ? 'not stated' : model.classLabels.join(', ')}</Fact>
        {model.producer !== '' && <Fact name="Made by">{model.producer}</Fact>}
        <Fact name="Opsets">{opsets.join(', ')}</Fact>
      </dl>
      <Disclosure title={formatCountOf(model.operators.length, 'kind of operator', 'kinds of operators')}>
        <ul className="grid gap-0.5 py-1 text-table text-text-2">
          {model.operators.map(({ name, count }) => (
            <li key={name} className="flex justify-between gap-3">
              {name} <span className="text-text-3">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
      {model.notices.map((notice) => (
        <Notice key={notice.code + notice.message} tone="info">
          {notice.message}
        </Notice>
      ))}
      <div>
        <FileButton onFiles={(files) => void openFiles(files)}>Open another model</FileButton>
      </div>
    </section>
  );
}

/** One line of a description list. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}
