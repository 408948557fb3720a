import { useCallback } from 'react'
import type { Box } from '#core/contract/geometry.ts'
import { homeBox } from '#renderer/map/camera.ts'
import { degreesOf } from '#renderer/map/screen-grid.ts'
import { setView } from '#renderer/state/view.ts'

/**
 * Sends the map to everything there is: the study area (degrees), else the data (metres), else England and Wales. The
 * study area comes first because one wrong coordinate far away would otherwise shrink the force to a dot.
 */
export function useFit(data: Box | null, studyArea: Box | null): () => void {
  return useCallback(() => {
    if (studyArea) return setView({ goTo: { box: studyArea } })
    if (!data) return setView({ goTo: { box: homeBox } })
    const [west, south] = degreesOf(data[0], data[1])
    const [east, north] = degreesOf(data[2], data[3])
    setView({ goTo: { box: [west, south, east, north] } })
  }, [data, studyArea])
}
