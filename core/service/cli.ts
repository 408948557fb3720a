import { InputError } from '#core/contract/problem.ts'
import { analyseCommand } from './cli/analyse-command.ts'
import { readArguments, UsageError } from './cli/arguments.ts'
import { importCommand } from './cli/import-command.ts'
import { incidentsCommand } from './cli/incidents-command.ts'
import { layerCommand } from './cli/layer-command.ts'
import { methodsCommand } from './cli/methods-command.ts'
import { packCommand } from './cli/pack-command.ts'
import { serveCommand } from './cli/serve-command.ts'
import { verifyCommand } from './cli/verify-command.ts'

const help = `Hotspot Workbench, from incident files to a GRIP hotspot briefing pack.

  hotspot import FILE… --workspace DIR [--profile ID] [--map x=easting,y=northing,from=date+time] [--reading dateOrder=day-first]
  hotspot layer FILE… --workspace DIR --kind boundary|basemap|places|lines|weights [--name NAME] [--table-version V --unit U]
  hotspot analyse METHOD (--input FILE… | --workspace DIR) [--map …] [--params JSON] [--filter JSON] [--boundary FILE] [--weights FILE] [--layer SETTING=FILE…]
  hotspot incidents (--input FILE… | --workspace DIR) --out DIR [--filter JSON] [--columns occurredFrom,offence,location] [--sort occurredFrom:desc]
  hotspot methods [ID | --agreement]
  hotspot pack (--workspace DIR | --input FILE… [--boundary FILE] [--basemap FILE…]) --out DIR [--params JSON] [--filter JSON] [--force NAME] [--title TEXT]
  hotspot serve --workspace DIR [--port N] [--open]
  hotspot verify PACK (--workspace DIR | --input FILE… [--boundary FILE] [--weights FILE])

Add --json for machine-readable output, --quiet for no progress. Everything stays on this machine.
Exit codes: 0 done, 1 fault of the program, 2 command not understood, 3 input refused, 4 this machine lacks something, 5 figures differ.
`

const commands: Readonly<Record<string, typeof importCommand>> = {
  import: importCommand,
  incidents: incidentsCommand,
  layer: layerCommand,
  analyse: analyseCommand,
  methods: methodsCommand,
  pack: packCommand,
  serve: serveCommand,
  verify: verifyCommand,
}

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json')
  try {
    const [name, ...rest] = args
    if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
      process.stdout.write(help)
      return name === undefined ? 2 : 0
    }
    if (!Object.hasOwn(commands, name)) throw new UsageError(`There is no command “${name}”`)
    return await commands[name](readArguments(rest))
  } catch (error) {
    return report(error, json)
  }
}

function report(error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}.\nRun "hotspot help" for the commands.\n`)
    return 2
  }
  if (error instanceof InputError) {
    const { code, message, detail } = error
    if (json) process.stderr.write(`${JSON.stringify({ code, message, ...detail })}\n`)
    else process.stderr.write(`${code}: ${[message, detail.cure].filter(Boolean).join(' ')}\n`)
    return code.startsWith('E-SYS') ? 4 : 3
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

// `hotspot … | head` closes the pipe when it has seen enough: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})
process.exitCode = await main(process.argv.slice(2))
