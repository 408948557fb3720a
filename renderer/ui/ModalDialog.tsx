import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './Button.tsx'
import { useFocusKept } from './useFocusKept.ts'

export interface ModalDialogProps {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly size?: 'narrow' | 'medium' | 'wide'
  readonly children: ReactNode
  /** Buttons at the foot. */
  readonly foot?: ReactNode
  /** Off while something runs that a stray click must not close. */
  readonly dismissable?: boolean
}

export function ModalDialog({
  title,
  open,
  onClose,
  size = 'narrow',
  children,
  foot,
  dismissable = true,
}: ModalDialogProps) {
  const dialog = useRef<HTMLElement>(null)
  useFocusKept(dialog)
  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      isDismissable={dismissable}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
    >
      <Modal className={`modal ${size}`}>
        <Dialog ref={dialog} className="dialog">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            {/* Without a tip: an open tip would take the Escape meant for the dialog. */}
            <Button label="Close" kind="quiet" className="icon" onPress={onClose}>
              <X size={16} />
            </Button>
          </header>
          <div className="dialog-body">{children}</div>
          {foot && <footer className="dialog-foot">{foot}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
