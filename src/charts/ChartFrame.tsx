import { ChartLine, Ellipsis, FileDown, FileImage, Image, Info, Table2 } from 'lucide-react';
import { type ReactNode, type RefObject, useMemo, useRef, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Menu, type MenuAction } from '../design/Menu.tsx';
import { Panel } from '../design/Panel.tsx';
import { picturePng, pictureSvg } from './export-picture.ts';
import { usePictureSource } from './picture-source.tsx';
import { fileNameOf, saveFile } from './save-file.ts';
import { TableTwinView } from './TableTwinView.tsx';
import { type TableTwin, twinCsv } from './table-twin.ts';

/** What a picture shows, in two sentences and a formula. */
export interface Definition {
  readonly text: string;
  readonly formula?: string;
}

export interface ChartFrameProps {
  readonly title: string;
  /** n and method: "1,336 test rows; every distinct threshold". */
  readonly caption?: string;
  /** The picture's message for those who do not see it: "ROC curve; AUC 0.843; at 0.191 …". */
  readonly message: string;
  readonly twin: TableTwin;
  /** The current one, marked in the table. */
  readonly threshold?: number;
  readonly definition: Definition;
  /** Height of the picture, kept by the table. */
  readonly height: number;
  /** The picture: svg elements, absolutely stacked or alone. */
  readonly children: ReactNode;
  /** The picture holds controls of its own, which an image must not: it is a group then. */
  readonly holdsControls?: boolean;
  readonly ruled?: boolean;
  readonly isStale?: boolean;
  readonly className?: string;
}

const iconStyle = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** A panel around a picture: its table twin, its downloads and its definition are in one quiet menu. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, caption, message, twin, definition, height, children, ruled, isStale, className } = props;
  const source = usePictureSource();
  const picture = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [definitionOpen, setDefinitionOpen] = useState(false);
  const latest = useRef({ twin, caption: caption ?? '', source });
  latest.current = { twin, caption: caption ?? '', source };
  // The same element while a drag renders this frame 60 times a second; it reads the numbers when an action needs them.
  const menu = useMemo(
    () => (
      <PictureMenu
        title={title}
        picture={picture}
        latest={latest}
        asTable={asTable}
        onToggleTable={() => setAsTable(!asTable)}
        onDefinition={() => setDefinitionOpen(true)}
      />
    ),
    [title, asTable],
  );
  return (
    <Panel
      title={title}
      menu={menu}
      {...(caption === undefined ? {} : { caption })}
      {...(ruled === undefined ? {} : { ruled })}
      {...(isStale === undefined ? {} : { isStale })}
      {...(className === undefined ? {} : { className })}
    >
      {asTable ? (
        <TableTwinView label={title} twin={twin} height={height} threshold={props.threshold ?? Number.NaN} />
      ) : (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label
        <div
          ref={picture}
          role={props.holdsControls === true ? 'group' : 'img'}
          aria-label={message}
          className="relative"
        >
          {children}
        </div>
      )}
      {definitionOpen && (
        <Dialog title={title} isOpen onClose={() => setDefinitionOpen(false)}>
          <p className="text-body">{definition.text}</p>
          {definition.formula !== undefined && (
            <p className="mt-3 rounded-control bg-sunk px-3 py-2 text-table">{definition.formula}</p>
          )}
        </Dialog>
      )}
    </Panel>
  );
}

interface PictureMenuProps {
  readonly title: string;
  readonly picture: RefObject<HTMLDivElement | null>;
  readonly latest: RefObject<{ readonly twin: TableTwin; readonly caption: string; readonly source: string }>;
  readonly asTable: boolean;
  readonly onToggleTable: () => void;
  readonly onDefinition: () => void;
}

/** Only while the picture stands there: what is saved is what is seen. */
function pictureActions(save: (ending: string, draw: typeof pictureSvg) => void): readonly MenuAction[] {
  return [
    {
      id: 'svg',
      label: 'Download SVG',
      icon: <FileImage {...iconStyle} />,
      onAction: () => save('svg', pictureSvg),
    },
    {
      id: 'png',
      label: 'Download PNG',
      icon: <Image {...iconStyle} />,
      onAction: () => save('png', picturePng),
    },
  ];
}

function PictureMenu(props: PictureMenuProps) {
  const { title, picture, latest, asTable, onToggleTable, onDefinition } = props;
  const name = fileNameOf(title);
  const save = (ending: string, draw: typeof pictureSvg) => {
    if (picture.current === null) return;
    const { caption, source } = latest.current;
    void draw(picture.current, { title, caption, source }).then((blob) =>
      saveFile(`${name}.${ending}`, blob),
    );
  };
  const actions: MenuAction[] = [
    {
      id: 'twin',
      label: asTable ? 'Show as picture' : 'Show as table',
      icon: asTable ? <ChartLine {...iconStyle} /> : <Table2 {...iconStyle} />,
      onAction: onToggleTable,
    },
    {
      id: 'csv',
      label: 'Download CSV',
      icon: <FileDown {...iconStyle} />,
      onAction: () => saveFile(`${name}.csv`, new Blob([twinCsv(latest.current.twin)], { type: 'text/csv' })),
    },
    ...(asTable ? [] : pictureActions(save)),
    { id: 'definition', label: 'Definition', icon: <Info {...iconStyle} />, onAction: onDefinition },
  ];
  return (
    <Menu
      label={title}
      actions={actions}
      trigger={
        <Button
          kind="icon"
          label={`${title}: table, downloads, definition`}
          className="h-6! w-6! text-text-3"
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    />
  );
}
