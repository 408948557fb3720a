import { FileUp } from 'lucide-react'
import { DropZone, FileTrigger, Text } from 'react-aria-components'
import { sendFiles, useImport } from '#renderer/state/import.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { filesDropped, readable } from './files-dropped.ts'

function chosen(list: FileList | null) {
  return readable(
    Array.from(list ?? []).map((file) => ({ file, name: file.webkitRelativePath || file.name })),
  )
}

export function ChooseFiles() {
  const { sending, previewing } = useImport()
  if (sending)
    return (
      <ProgressLine
        title={`Sending ${sending.name}`}
        progress={{
          kind: 'progress',
          stage: `Reading ${sending.name}`,
          bytes: sending.bytes,
          totalBytes: sending.total,
          done: sending.total ? sending.bytes / sending.total : 1,
        }}
      />
    )
  if (previewing) return <ProgressLine title="Recognising the files" progress={null} />
  return (
    <DropZone
      className="drop"
      getDropOperation={() => 'copy'}
      onDrop={(event) => {
        void filesDropped(event.items).then(sendFiles)
      }}
    >
      <FileUp size={28} aria-hidden="true" />
      <Text slot="label" className="drop-title">
        Drop incident files or a folder here
      </Text>
      <p className="drop-kinds">
        Force extracts as CSV, data.police.uk street files, outcomes and stop and search; .csv, .csv.gz or
        .zip, several months and forces at once. Nothing leaves this computer.
      </p>
      <div className="row">
        <FileTrigger allowsMultiple onSelect={(list) => void sendFiles(chosen(list))}>
          <Button kind="main">Choose files…</Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={(list) => void sendFiles(chosen(list))}>
          <Button>Choose a folder…</Button>
        </FileTrigger>
      </div>
    </DropZone>
  )
}
