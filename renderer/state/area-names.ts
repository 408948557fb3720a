import { useMemo } from 'react'
import { useLayers } from './layers.ts'

/** Name of an area by layer and code, of the layers that are loaded. */
export function useAreaName(): (layer: string, code: string) => string | undefined {
  const areas = useLayers((store) => store.areas)
  return useMemo(() => {
    const names = new Map<string, string>()
    for (const [layer, held] of Object.entries(areas))
      for (const area of held) names.set(`${layer} ${area.code}`, area.name || area.code)
    return (layer, code) => names.get(`${layer} ${code}`)
  }, [areas])
}
