import type { ApiDocument } from '../../contract/index.ts'
import { openApiDocument } from '../../http/index.ts'
import type { Project } from './project.ts'

/** The app's document as it would be read: what is undefined in it is not there. */
export async function appDocument(project: Project): Promise<ApiDocument> {
  return JSON.parse(JSON.stringify(openApiDocument(await project.app()))) as ApiDocument
}
