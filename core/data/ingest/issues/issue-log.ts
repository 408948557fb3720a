/** Counts every issue by its reason and, where a path is given, lists each row in a CSV file. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { IssueCount, RowIssue } from '#core/contract/dataset.ts'
import { csvCell } from './csv-cell.ts'
import { issueReasons } from './issue-reasons.ts'

export interface IssueLog {
  add(file: string, row: number, column: string, value: string, code: string): void
  counts(): IssueCount[]
  /** Issues so far, of all reasons. */
  total(): number
  /** Writes what is left and waits until the disk has it. */
  close(): void
}

/** `path` absent: only counted, as for a preview. Memory does not grow with the number of issues. */
export function createIssueLog(path?: string): IssueLog {
  const counted = new Map<string, number>()
  const descriptor = path === undefined ? -1 : openSync(path, 'w')
  let waiting: string[] = ['\ufefffile,row,column,value,code,action,reason,cure\r\n']
  let length = 0
  let total = 0
  let open = descriptor >= 0

  function write(): void {
    if (waiting.length > 0) writeSync(descriptor, waiting.join(''))
    waiting = []
    length = 0
  }

  return {
    add(file, row, column, value, code) {
      total++
      counted.set(code, (counted.get(code) ?? 0) + 1)
      if (!open) return
      const { action, reason, cure } = issueReasons[code]
      const line = rowLine({ file, row, column, value, code, action }, reason, cure)
      waiting.push(line)
      length += line.length
      if (length > 1 << 16) write()
    },
    total: () => total,
    counts() {
      return [...counted].sort(byCode).map(([code, count]) => ({ code, ...issueReasons[code], count }))
    },
    close() {
      if (!open) return
      open = false
      try {
        write()
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
    },
  }
}

function rowLine(issue: RowIssue, reason: string, cure: string): string {
  const cells = [
    issue.file,
    String(issue.row),
    issue.column,
    issue.value,
    issue.code,
    issue.action,
    reason,
    cure,
  ]
  return `${cells.map(csvCell).join(',')}\r\n`
}

function byCode(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}
