import type { MigrationHistory } from './history.ts'

export async function readHistory(folder: string, dialect: string): Promise<MigrationHistory> {
  return { dialect, folder, revisions: [], byId: new Map(), heads: [] }
}
