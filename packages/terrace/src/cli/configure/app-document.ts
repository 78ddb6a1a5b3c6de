import type { ApiDocument } from '../../contract/index.ts'
import type { Project } from './project.ts'

/** The app's document as it would be read: what is undefined in it is not there. */
export async function appDocument(project: Project): Promise<ApiDocument> {
  // The app has loaded the web server already; commands without an app start without it.
  const { openApiDocument } = await import('../../http/index.ts')
  return JSON.parse(JSON.stringify(openApiDocument(await project.app()))) as ApiDocument
}
