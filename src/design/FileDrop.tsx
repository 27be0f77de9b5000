import type { ReactNode } from 'react';
import { type DirectoryDropItem, DropZone, type FileDropItem, FileTrigger } from 'react-aria-components';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';

export interface FileDropProps {
  /** What may be dropped, for screen readers: "Drop a table or a model". */
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  /** A folder was dropped; without it folders are left out. */
  readonly onFolder?: (folder: DirectoryDropItem) => void;
  readonly children: ReactNode;
  readonly className?: string;
}

/** An area that takes files by dropping or pasting; its edge answers while files hang over it. */
export function FileDrop({ label, onFiles, onFolder, children, className }: FileDropProps) {
  return (
    <DropZone
      aria-label={label}
      onDrop={(event) => {
        for (const item of event.items) if (item.kind === 'directory') onFolder?.(item);
        const dropped = event.items.filter((item): item is FileDropItem => item.kind === 'file');
        void Promise.all(dropped.map((item) => item.getFile())).then((files) => {
          if (files.length > 0) onFiles(files);
        });
      }}
      className={classNames(
        'rounded-control border border-dashed border-ctl transition-colors duration-150',
        'droppable:border-accent droppable:bg-accent-soft',
        className,
      )}
    >
      {children}
    </DropZone>
  );
}

export interface FileButtonProps {
  readonly children: ReactNode;
  readonly onFiles: (files: readonly File[]) => void;
  /** Endings or types: ['.csv', '.txt']. */
  readonly accept?: readonly string[];
  readonly multiple?: boolean;
  readonly kind?: 'primary' | 'plain' | 'quiet';
  /** Asks for a folder: its files come with their paths in `webkitRelativePath`. */
  readonly isFolder?: boolean;
}

/** A button that opens the system's file dialog. */
export function FileButton(props: FileButtonProps) {
  const { children, onFiles, accept, multiple = false, kind = 'plain', isFolder = false } = props;
  return (
    <FileTrigger
      allowsMultiple={multiple}
      acceptDirectory={isFolder}
      {...(accept === undefined ? {} : { acceptedFileTypes: accept })}
      onSelect={(files) => {
        if (files !== null && files.length > 0) onFiles([...files]);
      }}
    >
      <Button kind={kind}>{children}</Button>
    </FileTrigger>
  );
}
