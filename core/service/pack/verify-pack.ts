import { InputError } from '#core/contract/problem.ts'
import type { WorkspaceState } from '#core/contract/workspace.ts'
import { packFigures } from '#core/report/pack/figures.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import type { Services } from '../core.ts'
import type { Job } from '../jobs.ts'
import { composePack } from './compose-pack.ts'
import type { PackRecipe } from './recipe.ts'

/** What a pack says of itself: the recipe and the number behind every figure id. */
export interface PackClaim {
  readonly recipe: PackRecipe
  readonly figures: readonly (readonly [string, number | null])[]
}

export interface Verification {
  readonly figures: number
  readonly agree: number
  /** Figures that come out otherwise now, or that are in only one of the two. */
  readonly differ: readonly {
    readonly id: string
    readonly printed: number | null
    readonly now: number | null
  }[]
}

/**
 * Works every figure of a pack out again from its recipe, in a workspace that holds the same data, and compares. A
 * figure agrees when it is the same number (or undefined in both).
 *
 * @throws InputError E-VER-DATA, E-VER-AREA, E-VER-WEIGHTS when the workspace lacks what the pack stood on
 */
export async function verifyPack(services: Services, claim: PackClaim, job: Job): Promise<Verification> {
  const { recipe } = claim
  const state = stateOf(services, recipe)
  const model = briefingPack(await composePack(services, recipe.request, state, job))
  const now = new Map(packFigures(model).map(({ id, value }) => [id, Number.isFinite(value) ? value : null]))
  const printed = new Map(claim.figures)
  const ids = [...new Set([...printed.keys(), ...now.keys()])]
  const differ = ids
    .map((id) => ({ id, printed: printed.get(id) ?? null, now: now.get(id) ?? null }))
    .filter((each) => each.printed !== each.now || printed.has(each.id) !== now.has(each.id))
  return { figures: ids.length, agree: ids.length - differ.length, differ }
}

function stateOf({ store }: Services, recipe: PackRecipe): WorkspaceState {
  if (!store.datasets().some((dataset) => dataset.id === recipe.dataset))
    throw new InputError(
      'E-VER-DATA',
      'The data this pack was made from are not in this workspace, or are not the same files.',
      {
        cure: 'Name the original files with --input, or the workspace that made the pack with --workspace.',
      },
    )
  const area =
    recipe.studyArea &&
    store.layers().find((layer) => layer.kind === 'boundary' && layer.sha256 === recipe.studyArea?.sha256)
  if (recipe.studyArea && !area)
    throw new InputError(
      'E-VER-AREA',
      `The boundary “${recipe.studyArea.name}” this pack used is not here.`,
      {
        cure: 'Name the boundary file with --boundary.',
      },
    )
  const weights = recipe.weights && store.weights().find((table) => table.sha256 === recipe.weights?.sha256)
  if (recipe.weights && !weights)
    throw new InputError(
      'E-VER-WEIGHTS',
      `The harm weights “${recipe.weights.name}” this pack used are not here.`,
      {
        cure: 'Name the weight table with --weights.',
      },
    )
  return {
    ...store.state().state,
    ...recipe.state,
    dataset: recipe.dataset,
    studyArea: area ? area.id : null,
    weights: weights ? weights.id : null,
  }
}
