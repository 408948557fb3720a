import { useEffect, useRef, useState } from 'react'
import { metresOf } from '#renderer/map/screen-grid.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { setFilter, useWorkspace } from '#renderer/state/workspace.ts'

type Point = readonly [number, number]

export interface Drawing {
  readonly active: boolean
  readonly ring: readonly Point[]
  readonly click: (at: Point, milliseconds: number) => void
  readonly finish: () => void
  readonly cancel: () => void
}

/** Drawing an area: clicks set corners, a double click or Enter finishes, Esc cancels, Backspace takes one back. */
export function useDrawing(): Drawing {
  const active = useView((store) => store.drawing)
  const [ring, setRing] = useState<readonly Point[]>([])
  const last = useRef<{ readonly at: Point; readonly when: number } | null>(null)
  const cancel = () => {
    setRing([])
    setView({ drawing: false })
  }
  const complete = (points: readonly Point[]) => {
    if (points.length >= 3) {
      const rings = [
        points.map(
          ([x, y]) => metresOf(x, y).map((value) => Math.round(value * 10) / 10) as [number, number],
        ),
      ]
      const { filter } = useWorkspace.getState().state
      setFilter({ clauses: [...filter.clauses, { kind: 'polygon', name: 'the drawn area', rings }] })
    }
    cancel()
  }
  const corners = useRef(ring)
  corners.current = ring
  const finish = () => complete(corners.current)
  const click = (at: Point, when: number) => {
    const before = last.current
    last.current = { at, when }
    const again =
      before && when - before.when < 400 && Math.hypot(before.at[0] - at[0], before.at[1] - at[1]) < 1e-3
    if (again) complete(corners.current)
    else setRing((held) => [...held, at])
  }
  useEffect(() => {
    if (!active) setRing([])
  }, [active])
  const keys = useRef({ finish, cancel })
  keys.current = { finish, cancel }
  useEffect(() => {
    if (!active) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Enter') keys.current.finish()
      else if (event.key === 'Escape') keys.current.cancel()
      else if (event.key === 'Backspace') setRing((held) => held.slice(0, -1))
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [active])
  return { active, ring, click, finish, cancel }
}
