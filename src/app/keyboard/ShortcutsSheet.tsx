import { Fragment } from 'react';
import { Checkbox } from 'react-aria-components';
import { Dialog } from '../../design/Dialog.tsx';
import { Kbd } from '../../design/Kbd.tsx';
import { isMacKeyboard, keysOf, type Shortcut, type Stroke, shortcuts } from './shortcuts.ts';
import { setSingleKeys, useSingleKeys } from './single-keys.ts';

const areas: readonly Shortcut['area'][] = ['Everywhere', 'Pages', 'Threshold'];

export interface ShortcutsSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All shortcuts by where they work, and the switch for those without Ctrl or Cmd. */
export function ShortcutsSheet({ isOpen, onClose }: ShortcutsSheetProps) {
  return (
    <Dialog title="Keyboard shortcuts" size="large" isOpen={isOpen} onClose={onClose}>
      <div className="grid gap-x-10 gap-y-5 wide:grid-cols-2">
        {areas.map((area) => (
          <AreaList key={area} area={area} />
        ))}
        <SingleKeysSwitch />
      </div>
    </Dialog>
  );
}

function AreaList({ area }: { readonly area: Shortcut['area'] }) {
  const isMac = isMacKeyboard(navigator.platform);
  return (
    <section aria-labelledby={`keys-${area}`} className={area === 'Everywhere' ? 'wide:row-span-2' : ''}>
      <h3 id={`keys-${area}`} className="pb-1">
        {area}
      </h3>
      <dl>
        {shortcuts
          .filter((shortcut) => shortcut.area === area)
          .map(({ what, ways }) => (
            <div
              key={what}
              className="flex min-h-8 items-center justify-between gap-3 border-t border-line py-1"
            >
              <dt className="text-table text-text-2">{what}</dt>
              <dd className="flex flex-wrap justify-end gap-x-2 gap-y-1">
                {ways.map((way, index) => (
                  <span key={keysOf(way, isMac).join(' ')} className="flex items-center gap-2">
                    {index > 0 && <span className="text-caption text-text-3">or</span>}
                    <Way way={way} isMac={isMac} />
                  </span>
                ))}
              </dd>
            </div>
          ))}
      </dl>
      {area === 'Threshold' && (
        <p className="border-t border-line pt-1.5 text-caption text-text-3">
          Arrows, Home and End while the slider has the focus.
        </p>
      )}
    </section>
  );
}

function Way({ way, isMac }: { readonly way: readonly Stroke[]; readonly isMac: boolean }) {
  return way.map((stroke, index) => (
    <Fragment key={stroke.key}>
      {index > 0 && <span className="text-caption text-text-3">then</span>}
      <Kbd keys={keysOf([stroke], isMac)} />
    </Fragment>
  ));
}

function SingleKeysSwitch() {
  const isOn = useSingleKeys();
  return (
    <Checkbox
      isSelected={isOn}
      onChange={setSingleKeys}
      className="group flex cursor-default items-center gap-2 text-table text-text wide:col-span-2"
    >
      <span className="grid size-4 place-items-center rounded-badge border border-ctl bg-surface group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent">
        {isOn && (
          <svg
            viewBox="0 0 16 16"
            aria-hidden="true"
            className="size-3 fill-none stroke-on-accent stroke-[2.5]"
          >
            <path d="M2.5 8.5 6 12l7.5-8" />
          </svg>
        )}
      </span>
      Use keys without {isMacKeyboard(navigator.platform) ? 'Cmd' : 'Ctrl'} as shortcuts
    </Checkbox>
  );
}
