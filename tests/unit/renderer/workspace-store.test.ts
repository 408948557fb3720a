import { beforeEach, describe, expect, it } from 'vitest'
import {
  clauseOf,
  isOneOf,
  setHours,
  setPeriod,
  toggled,
  toggleFlag,
  toggleValue,
} from '#renderer/state/clauses.ts'
import { editWorkspace, emptyState, redo, undo, useWorkspace, withClause } from '#renderer/state/workspace.ts'

const filter = () => useWorkspace.getState().state.filter

describe('workspace store', () => {
  beforeEach(() => {
    useWorkspace.setState({ state: emptyState, version: 1, saving: 'saved' })
    useWorkspace.temporal.getState().clear()
  })

  it('takes every change of the document back and forth', () => {
    setPeriod('2024-01-01', '2025-01-01')
    toggleValue(filter(), 'offence', 'Robbery')
    expect(filter().clauses).toHaveLength(2)
    undo()
    expect(filter().clauses).toEqual([{ kind: 'period', from: '2024-01-01', to: '2025-01-01' }])
    undo()
    expect(filter().clauses).toEqual([])
    redo()
    redo()
    expect(filter().clauses).toHaveLength(2)
  })

  it('does not count saving, or what the core holds, as a change to undo', () => {
    useWorkspace.setState({ saving: 'saving', version: 7 })
    useWorkspace.setState({ datasets: [] })
    expect(useWorkspace.temporal.getState().pastStates).toHaveLength(0)
    editWorkspace({ name: 'Knife crime' })
    undo()
    expect(useWorkspace.getState().version).toBe(7)
  })

  it('forgets what was undone once something else is changed', () => {
    editWorkspace({ name: 'A' })
    undo()
    editWorkspace({ name: 'B' })
    redo()
    expect(useWorkspace.getState().state.name).toBe('B')
  })
})

describe('clauses', () => {
  beforeEach(() => useWorkspace.setState({ state: emptyState }))

  it('replaces in place, so that the sentence keeps its order', () => {
    const before = withClause(
      { clauses: [{ kind: 'located' }, { kind: 'hours', hours: [1] }] },
      (held) => held.kind === 'located',
      null,
    )
    expect(before.clauses).toEqual([{ kind: 'hours', hours: [1] }])
    const after = withClause(
      { clauses: [{ kind: 'hours', hours: [1] }, { kind: 'located' }] },
      (held) => held.kind === 'hours',
      { kind: 'hours', hours: [2] },
    )
    expect(after.clauses).toEqual([{ kind: 'hours', hours: [2] }, { kind: 'located' }])
  })

  it('makes the same choice the same filter, whatever the order of clicks', () => {
    expect(toggled(['b'], 'a')).toEqual(toggled(['a'], 'b'))
    toggleValue(filter(), 'offence', 'B')
    toggleValue(filter(), 'offence', 'A')
    expect(clauseOf(filter(), isOneOf('offence'))?.values).toEqual(['A', 'B'])
    toggleValue(filter(), 'offence', 'A')
    toggleValue(filter(), 'offence', 'B')
    expect(filter().clauses).toEqual([])
  })

  it('drops a clause that leaves nothing out', () => {
    for (const state of ['yes', 'no', 'unknown'] as const) toggleFlag(filter(), 'knife', state)
    expect(filter().clauses).toEqual([])
    setHours(Array.from({ length: 168 }, (_, hour) => hour))
    expect(filter().clauses).toEqual([])
    setHours([5, 3])
    expect(filter().clauses).toEqual([{ kind: 'hours', hours: [3, 5] }])
  })
})
