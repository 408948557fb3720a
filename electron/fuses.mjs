// Called by electron-builder when the program is packed and not yet signed (afterPack in electron-builder.yml).
// electron-builder 26 has a setting of its own, electronFuses, but it knows eight of the nine fuses and cannot be strict;
// so they are flipped here with @electron/fuses itself.
import { join } from 'node:path'

/** The exe closed to everything that is not this app. */
export const FUSES = {
  // Not a Node to run other people's scripts with.
  RunAsNode: false,
  // Cookies are not used; were one set, it would not lie in the clear.
  EnableCookieEncryption: true,
  // NODE_OPTIONS and --inspect are ways in for whoever can start the exe.
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // A changed app.asar does not start, and nothing beside it is loaded instead.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  // No snapshot file of our own: one file less that integrity does not cover.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // Nothing is served from file:. Left on, it also costs cross-origin isolation.
  GrantFileProtocolExtraPrivileges: false,
  // Faults in WebAssembly are caught by the engine, as in Chromium.
  WasmTrapHandlers: true,
}

/**
 * The fuses by the numbers this version of @electron/fuses gives them. A fuse it does not know, and (by
 * `strictlyRequireAllFuses`) a fuse in the exe that is not named here, fail the build instead of taking a default.
 */
export function fuseConfig(FuseVersion, FuseV1Options) {
  const config = { version: FuseVersion.V1, strictlyRequireAllFuses: true }
  for (const [name, on] of Object.entries(FUSES)) {
    if (FuseV1Options[name] === undefined) throw new Error(`@electron/fuses does not know the fuse ${name}`)
    config[FuseV1Options[name]] = on
  }
  return config
}

export async function afterPack({ appOutDir, packager }) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const exe = join(appOutDir, `${packager.appInfo.productFilename}.exe`)
  await flipFuses(exe, fuseConfig(FuseVersion, FuseV1Options))
}
