import { useSyncExternalStore } from 'react'
import { useView } from './view.ts'

const night = () => matchMedia('(prefers-color-scheme: dark)')

function watch(tell: () => void): () => void {
  const query = night()
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

/** Whether the dark colours are shown: as chosen, or as the system asks. */
export function useDark(): boolean {
  const theme = useView((store) => store.theme)
  const system = useSyncExternalStore(watch, () => night().matches)
  return theme === 'system' ? system : theme === 'dark'
}
