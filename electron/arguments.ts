export interface ShellArguments {
  readonly workspace?: string
  /** The argument the app will not start with. */
  readonly refused?: string
}

/**
 * Reads the command line as an allow-list: a workspace folder and nothing else. What Chromium or Node would take for
 * itself (`--remote-debugging-port`, `--inspect`, `--no-sandbox` …) is refused before it is of use.
 */
export function readArguments(argv: readonly string[], isPackaged: boolean): ShellArguments {
  let workspace: string | undefined
  // In development the first plain argument is the program itself.
  let programs = isPackaged ? 0 : 1
  for (const argument of argv.slice(1)) {
    if (argument.startsWith('--workspace=') && argument.length > 12) workspace = argument.slice(12)
    else if (!argument.startsWith('-') && programs > 0) programs--
    else return { refused: argument }
  }
  return workspace === undefined ? {} : { workspace }
}
