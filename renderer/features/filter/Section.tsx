import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'

/** A part of the filter panel that opens and closes under its heading. */
export function Section({
  title,
  children,
  open = true,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly open?: boolean
}) {
  return (
    <Disclosure className="section" defaultExpanded={open}>
      <Heading level={2}>
        <Button slot="trigger" className="section-head">
          <ChevronRight size={14} aria-hidden="true" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="section-body">{children}</DisclosurePanel>
    </Disclosure>
  )
}
