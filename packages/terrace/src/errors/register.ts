import { defineErrors } from './define-errors.ts'
import { abuseErrors } from './register/abuse-errors.ts'
import { backupErrors } from './register/backup-errors.ts'
import { bulkErrors } from './register/bulk-errors.ts'
import { checkErrors } from './register/check-errors.ts'
import { cliErrors } from './register/cli-errors.ts'
import { contractErrors } from './register/contract-errors.ts'
import { migrationErrors } from './register/migration-errors.ts'
import { moveErrors } from './register/move-errors.ts'
import { pageErrors } from './register/page-errors.ts'
import { preconditionErrors } from './register/precondition-errors.ts'
import { pullErrors } from './register/pull-errors.ts'
import { dataErrors } from './register/data-errors.ts'
import { databaseErrors } from './register/database-errors.ts'
import { declarationErrors } from './register/declaration-errors.ts'
import { documentErrors } from './register/document-errors.ts'
import { remoteErrors } from './register/remote-errors.ts'
import { requestErrors } from './register/request-errors.ts'
import { rowSecurityErrors } from './register/row-security-errors.ts'
import { scopeErrors } from './register/scope-errors.ts'
import { serviceErrors } from './register/service-errors.ts'
import { sessionErrors } from './register/session-errors.ts'
import { shapeErrors } from './register/shape-errors.ts'
import { structureErrors } from './register/structure-errors.ts'
import { userErrors } from './register/user-errors.ts'
import type { RegisteredDefinition } from './terrace-error.ts'

/** Every error that Terrace itself raises, by code. An app adds its own with `defineErrors`. */
export const errors = defineErrors({
  ...declarationErrors,
  ...shapeErrors,
  ...dataErrors,
  ...databaseErrors,
  ...scopeErrors,
  ...rowSecurityErrors,
  ...sessionErrors,
  ...structureErrors,
  ...pullErrors,
  ...moveErrors,
  ...migrationErrors,
  ...cliErrors,
  ...checkErrors,
  ...contractErrors,
  ...backupErrors,
  ...serviceErrors,
  ...requestErrors,
  ...abuseErrors,
  ...bulkErrors,
  ...pageErrors,
  ...preconditionErrors,
  ...userErrors,
  ...documentErrors,
  ...remoteErrors,
} satisfies Record<string, RegisteredDefinition>)
