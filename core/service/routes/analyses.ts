import { methodGroups, methods } from '#core/analysis/registry.ts'
import { InputError } from '#core/contract/problem.ts'
import { readAgreement } from '../agreement.ts'
import { analyse } from '../analyse.ts'
import { arrow, json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

export function analysisRoutes(services: Services): Routes {
  return {
    'GET /methods': () =>
      json({
        methods: methods.map((method) => method.card),
        groups: methodGroups.map((group) => ({
          title: group.title,
          methods: group.methods.map((method) => method.card.id),
        })),
      }),
    'GET /methods/agreement': () => json({ rows: readAgreement() }),
    async 'POST /analyses'({ request }) {
      const body = checked(schemas.analysis, await readJson(request))
      return services.jobs.stream((job) => analyse(services, body, job))
    },
    'GET /results/{key}'({ parts }) {
      const bytes = /^[0-9a-f]{32}$/.test(parts.key) ? services.store.openResult(parts.key) : undefined
      if (!bytes)
        throw new InputError('E-RES-001', 'That result is not kept any more.', {
          status: 404,
          cure: 'Run the method again.',
        })
      return arrow(bytes)
    },
  }
}
