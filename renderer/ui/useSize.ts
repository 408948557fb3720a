import { type RefObject, useLayoutEffect, useState } from 'react'

/** Width and height of an element as it is laid out, 0 before the first layout. */
export function useSize(element: RefObject<HTMLElement | null>): {
  readonly width: number
  readonly height: number
} {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const held = element.current
    if (!held) return
    const read = () => setSize({ width: held.clientWidth, height: held.clientHeight })
    const observer = new ResizeObserver(read)
    observer.observe(held)
    read()
    return () => observer.disconnect()
  }, [element])
  return size
}
