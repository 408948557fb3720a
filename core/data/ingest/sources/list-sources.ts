/** Files, folders and archives as one list of tables to read, in a fixed order. */
import { lstat, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '#core/contract/problem.ts'
import { limits } from '../limits.ts'
import { gzipFile, plainFile } from './file-source.ts'
import { fileType, fileTypeWords } from './file-type.ts'
import { baseName, type Source } from './source.ts'
import { readZipDirectory } from './zip-directory.ts'
import { zipEntrySource } from './zip-source.ts'

export interface SourceList {
  readonly sources: Source[]
  readonly warnings: string[]
}

const TABLE = /\.(csv|tsv)(\.gz)?$/i

/**
 * Every table in `files`. From folders and archives only `.csv`, `.tsv` and their `.gz` are taken; what is left out is
 * named in a warning. Links inside folders are not followed. Refuses empty files (E-IMP-001), missing ones
 * (E-IMP-002) and files that are no text (E-IMP-003).
 */
export async function listSources(files: readonly { path: string; name: string }[]): Promise<SourceList> {
  const list: SourceList = { sources: [], warnings: [] }
  const passedOver: string[] = []
  for (const file of files) await addPath(file.path, file.name, list, passedOver, 0, true)
  if (passedOver.length > 0)
    list.warnings.push(
      `${passedOver.length} ${passedOver.length === 1 ? 'file that is no CSV file was' : 'files that are no CSV files were'} passed over: ${passedOver.slice(0, 3).join(', ')}${passedOver.length > 3 ? ' …' : ''}.`,
    )
  if (list.sources.length === 0)
    throw new InputError(
      'E-IMP-002',
      `There is no CSV file in ${files.map((f) => f.name).join(', ') || 'the list'}. Nothing was imported.`,
      {
        cure: 'Choose the CSV files, the folder they are in, or a ZIP archive of them.',
      },
    )
  return list
}

async function addPath(
  path: string,
  name: string,
  list: SourceList,
  passedOver: string[],
  depth: number,
  chosen: boolean,
): Promise<void> {
  const info = await (chosen ? stat(path) : lstat(path)).catch(() => undefined)
  if (!info)
    throw new InputError('E-IMP-002', `${name} cannot be opened. Nothing was imported.`, {
      file: name,
      cure: 'Check that the file still exists and that you may read it.',
    })
  if (info.isDirectory()) {
    if (depth >= limits.folderDepth) passedOver.push(name)
    else await addFolder(path, name, list, passedOver, depth)
    return
  }
  if (!info.isFile() || (!chosen && !TABLE.test(name) && !/\.zip$/i.test(name))) {
    passedOver.push(name)
    return
  }
  if (info.size === 0) refuseEmpty(name)
  const head = await firstBytes(path)
  const type = fileType(head)
  if (/\.zip$/i.test(name) && type !== 'zip')
    throw new InputError('E-ZIP-001', `${name} is not a complete ZIP archive. Nothing was imported.`, {
      file: name,
      cure: 'Copy or download the archive again.',
    })
  if (type === 'zip') await addArchive(path, name, info.size, list, passedOver)
  else if (type === 'gzip') list.sources.push(gzipFile(path, name, info))
  else if (type !== 'text') refuseType(name, fileTypeWords[type])
  else list.sources.push(plainFile(path, name, info))
  if (list.sources.length > limits.files)
    throw new InputError(
      'E-IMP-004',
      `There are more than ${limits.files.toLocaleString('en-GB')} files. Nothing was imported.`,
      {
        cure: 'Import them in several parts.',
      },
    )
}

async function addFolder(
  path: string,
  name: string,
  list: SourceList,
  passedOver: string[],
  depth: number,
): Promise<void> {
  const members = (await readdir(path)).sort(byCodeUnits)
  for (const member of members) {
    if (isHousekeeping(member)) continue
    await addPath(join(path, member), `${name}/${member}`, list, passedOver, depth + 1, false)
  }
}

async function addArchive(
  path: string,
  name: string,
  size: number,
  list: SourceList,
  passedOver: string[],
): Promise<void> {
  const handle = await open(path, 'r')
  try {
    const entries = await readZipDirectory(handle, size, name)
    if (entries.some((entry) => entry.name === '[Content_Types].xml'))
      refuseType(
        name,
        'an Excel workbook or other Office document',
        'Save the sheet as CSV UTF-8 and import that.',
      )
    if (!/\.zip$/i.test(name))
      refuseType(name, fileTypeWords.zip, 'Give it the ending .zip and import it again.')
    entries.sort((a, b) => byCodeUnits(a.name, b.name))
    for (const entry of entries) {
      if (entry.name.split('/').some(isHousekeeping)) continue
      if (/\.(zip|gz|7z|rar)$/i.test(entry.name))
        throw new InputError(
          'E-ZIP-003',
          `${name} holds another archive (${baseName(entry.name)}). Nothing was imported.`,
          {
            file: name,
            cure: 'Unpack the outer archive and import the inner one.',
          },
        )
      if (!TABLE.test(entry.name)) passedOver.push(`${name}/${entry.name}`)
      else if (entry.bytes === 0) refuseEmpty(`${name}/${entry.name}`)
      else list.sources.push(zipEntrySource(path, name, entry))
    }
  } finally {
    await handle.close()
  }
}

/** Hidden files and the resource forks that some systems put into archives. */
function isHousekeeping(member: string): boolean {
  return member.startsWith('.') || member === '__MACOSX' || member === 'Thumbs.db' || member === 'desktop.ini'
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const bytes = new Uint8Array(512)
    const { bytesRead } = await handle.read(bytes, 0, 512, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function refuseEmpty(name: string): never {
  throw new InputError('E-IMP-001', `The file ${name} is empty. Nothing was imported.`, {
    file: name,
    cure: 'Export or download it again.',
  })
}

function refuseType(name: string, really: string, cure = 'Export the data as CSV and import that.'): never {
  throw new InputError(
    'E-IMP-003',
    `${name} is not a CSV file: it is really ${really}. Nothing was imported.`,
    {
      file: name,
      cure,
    },
  )
}
