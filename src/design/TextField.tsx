import { TextField as AriaTextField, FieldError, Input, Label, TextArea } from 'react-aria-components';
import { classNames } from './class-names.ts';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** More than one line. */
  readonly multiline?: boolean;
  readonly error?: string | null;
  /** Label for screen readers only. */
  readonly hideLabel?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
}

const box =
  'w-full rounded-control border border-ctl bg-surface px-2 text-table outline-none placeholder:text-text-3 focus:border-accent data-[invalid]:border-fail';

/** A line (or a few) of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, placeholder, multiline, error, hideLabel, autoFocus, className } = props;
  return (
    <AriaTextField
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined && error !== null}
      {...(autoFocus === undefined ? {} : { autoFocus })}
      className={classNames('grid gap-1', className)}
    >
      <Label className={hideLabel ? 'sr-only' : 'text-table leading-4 text-text-2'}>{label}</Label>
      {multiline ? (
        <TextArea placeholder={placeholder ?? ''} rows={3} className={classNames(box, 'py-1.5')} />
      ) : (
        <Input placeholder={placeholder ?? ''} className={classNames(box, 'h-7')} />
      )}
      <FieldError className="text-caption text-fail">{error}</FieldError>
    </AriaTextField>
  );
}
