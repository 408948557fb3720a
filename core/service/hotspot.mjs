#!/usr/bin/env node
// Starts the command line on a Node that can run it: the one asked with, or the one this product brings.
// better-sqlite3 needs Node-API 10; on an older Node its addon does not fail, it crashes the process.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major] = process.versions.node.split('.').map(Number)
const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))

if (Number(process.versions.napi) >= 10 && major >= 24) {
  await import('./cli.ts')
} else {
  const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
  const binary = [own, `${own}.exe`].find((path) => existsSync(path))
  if (!binary) {
    console.error(
      `E-SYS-001: This program needs Node 24; it was started with Node ${process.versions.node}, and its own copy is not installed. Run "npm ci" in the product's folder first.`,
    )
    process.exit(4)
  }
  const { status, signal } = spawnSync(binary, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(signal ? 1 : (status ?? 1))
}
