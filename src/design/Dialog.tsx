import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot, the primary one last. */
  readonly actions?: ReactNode;
  readonly size?: 'small' | 'large';
}

/** A modal sheet over the page; Escape, the cross and a press outside close it. */
export function Dialog({ title, isOpen, onClose, children, actions, size = 'small' }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 grid place-items-center bg-bg/80 p-4"
    >
      <Modal
        className={classNames(
          'flex max-h-[85vh] w-full flex-col rounded-control border border-line-2 bg-surface shadow-menu',
          size === 'small' ? 'max-w-md' : 'max-w-3xl',
        )}
      >
        <AriaDialog className="flex min-h-0 flex-col [overflow-wrap:anywhere] outline-none">
          <div className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4">
            <Heading slot="title">{title}</Heading>
            <Button kind="icon" label="Close" onPress={onClose}>
              <X size={16} strokeWidth={1.5} aria-hidden />
            </Button>
          </div>
          <div className="min-h-0 overflow-auto p-4">{children}</div>
          {actions !== undefined && (
            <div className="flex justify-end gap-2 border-t border-line p-3">{actions}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
