import type { DropItem } from 'react-aria-components'

export interface ChosenFile {
  readonly file: File
  /** With its folder, where one was dropped. */
  readonly name: string
}

/** Files of a drop, folders opened to any depth, in order of their names. */
export async function filesDropped(items: readonly DropItem[], folder = ''): Promise<ChosenFile[]> {
  const files: ChosenFile[] = []
  for (const item of items) {
    if (item.kind === 'file') files.push({ file: await item.getFile(), name: `${folder}${item.name}` })
    else if (item.kind === 'directory') {
      const inner: DropItem[] = []
      for await (const entry of item.getEntries()) inner.push(entry)
      files.push(...(await filesDropped(inner, `${folder}${item.name}/`)))
    }
  }
  return readable(files)
}

/** Leaves out what a computer puts beside files (`.DS_Store`, `Thumbs.db`), and sorts by name. */
export function readable(files: readonly ChosenFile[]): ChosenFile[] {
  return files
    .filter(({ name }) => !/(^|\/)(\.|thumbs\.db$)/i.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
