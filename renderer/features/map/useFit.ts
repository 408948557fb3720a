import { useCallback } from 'react'
import type { Box } from '#core/contract/geometry.ts'
import { columnsOf } from '#renderer/api/cache.ts'
import { homeBox } from '#renderer/map/camera.ts'
import { crowdBox } from '#renderer/map/crowd-box.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { setView } from '#renderer/state/view.ts'

/**
 * Sends the map to the study area, else to where the incidents are, else to England and Wales. Told anew for another
 * dataset, and once its incidents are counted.
 *
 * @param dataset whose incidents are meant
 * @param counted whether the counts of a selection are there
 */
export function useFit(dataset: string | null, counted: boolean, studyArea: Box | null): () => void {
  return useCallback(() => {
    const cells = dataset && counted ? columnsOf(useSelection.getState().cells) : null
    const crowd = cells && crowdBox(cells.numbers.longitude, cells.numbers.latitude, cells.numbers.count)
    setView({ goTo: { box: studyArea ?? crowd ?? homeBox } })
  }, [dataset, counted, studyArea])
}
