import { showDays, useCountBy } from '#renderer/state/count-by.ts'
import { Segments } from '#renderer/ui/Segments.tsx'

/** Months or days. */
export function SpanChoice() {
  const byDay = useCountBy((store) => store.byDay)
  return (
    <Segments
      label="Count by"
      options={[
        { value: 'months', title: 'Months' },
        { value: 'days', title: 'Days' },
      ]}
      value={byDay ? 'days' : 'months'}
      onChange={(value) => showDays(value === 'days')}
    />
  )
}
