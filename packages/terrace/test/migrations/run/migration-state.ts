import { depotState, runOn, type DepotState, type Row } from '../../structure/starts/depot-state.ts'

/** All that runs of revisions leave and others would have to leave alike. */
export interface MigrationState extends DepotState {
  readonly revisions: readonly Row[]
  readonly steps: readonly Row[]
  /** What the ledger knows of each object, and how a start knows that there is nothing to do. */
  readonly ledger: readonly Row[]
  readonly mark: readonly Row[]
}

export async function migrationState(url: string): Promise<MigrationState> {
  const column = url.startsWith('mysql') ? '`key`' : '"key"'
  return {
    ...(await depotState(url)),
    revisions: await runOn(url, `select id, state from terrace_revision where door = 'migration' order by started_at`),
    steps: await runOn(
      url,
      `select r.id, s.n, s.sql_hash, s.state, s.makes, s.probe from terrace_step s join terrace_revision r on r.plan = s.plan
       where r.door = 'migration' order by r.id, s.n`,
    ),
    ledger: await runOn(url, 'select * from terrace_object order by kind, path'),
    mark: await runOn(url, `select * from terrace_meta where ${column} = 'structure'`),
  }
}
