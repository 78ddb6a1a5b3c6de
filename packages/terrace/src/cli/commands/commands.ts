import type { Command } from '../command/command.ts'
import { adoptCommand } from './adopt.ts'
import { backupCommand } from './backup.ts'
import { checkCommand } from './check.ts'
import { clientCommand } from './client.ts'
import { currentCommand } from './current.ts'
import { doctorCommand } from './doctor.ts'
import { downgradeCommand } from './downgrade.ts'
import { headsCommand } from './heads.ts'
import { historyCommand } from './history.ts'
import { mergeCommand } from './merge.ts'
import { moveCommand } from './move.ts'
import { openApiCommand } from './openapi.ts'
import { openApiDiffCommand } from './openapi-diff.ts'
import { planCommand } from './plan.ts'
import { policiesCommand } from './policies.ts'
import { pullCommand } from './pull.ts'
import { restoreCommand } from './restore.ts'
import { revisionCommand } from './revision.ts'
import { scopeCommand } from './scope.ts'
import { seedCommand } from './seed.ts'
import { showCommand } from './show.ts'
import { stampCommand } from './stamp.ts'
import { syncCommand } from './sync.ts'
import { upgradeCommand } from './upgrade.ts'
import { verifyCommand } from './verify.ts'

/** In the order in which help and documentation have them. */
export const commands: readonly Command[] = [
  planCommand,
  syncCommand,
  checkCommand,
  seedCommand,
  policiesCommand,
  revisionCommand,
  upgradeCommand,
  downgradeCommand,
  currentCommand,
  historyCommand,
  headsCommand,
  mergeCommand,
  stampCommand,
  showCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
  moveCommand,
  pullCommand,
  adoptCommand,
  openApiCommand,
  openApiDiffCommand,
  clientCommand,
  scopeCommand,
  doctorCommand,
]
