import { csvLine } from './csv-text.ts'
import type { Force } from './force.ts'
import { offences } from './offences.ts'
import { openOutput, type WrittenFile } from './output-file.ts'
import { sampleForce } from './sample-force.ts'

/** Writes the lists of schools and licensed premises and the made-up harm weights. */
export function writePlaces(folder: string, { premises, streets }: Force): WrittenFile[] {
  const list = (setting: string, name: string) => {
    const file = openOutput(folder, name)
    file.write(csvLine(['name', 'kind', 'easting', 'northing', 'street', 'town']))
    for (const place of premises) {
      if (place.setting !== setting) continue
      const { name: street, town } = streets[place.street]
      file.write(csvLine([place.name, place.kind, place.x, place.y, street, town]))
    }
    return file.close()
  }
  return [
    list('school', sampleForce.files.schools),
    list('licensed', sampleForce.files.licensed),
    writeWeights(folder),
  ]
}

function writeWeights(folder: string): WrittenFile {
  const file = openOutput(folder, sampleForce.files.weights)
  file.write(csvLine(['offence', 'weight', 'unit', 'ho_code', 'note']))
  for (const { title, harm, code } of offences) {
    file.write(
      csvLine([title, harm, 'days', code, 'Made up for the sample force: not the Cambridge or ONS index']),
    )
  }
  return file.close()
}
