import type { App } from '../../app/index.ts'
import { TerraceError } from '../../errors/index.ts'
import { livingServices } from '../../http/index.ts'
import { problem, type Finding } from './finding.ts'

/** Services with which a start here would be refused, such as one whose keys are too short. */
export async function serviceFindings(app: App): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const { name, ready } of livingServices(app.routes)) {
    try {
      await ready()
    } catch (error) {
      if (!(error instanceof TerraceError)) throw error
      found.push(problem(error.code, name, { why: error.message, remedy: error.remedy }))
    }
  }
  return found
}
