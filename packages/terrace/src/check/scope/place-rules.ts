import { deletedKey, deletedAssignment } from './rules/deleted-rows.ts'
import { dialectDriver, driverImport, kyselyInstance } from './rules/driver.ts'
import { allowList } from './rules/allow-list.ts'
import { globalUnique, globalUniques } from './rules/global-unique.ts'
import { openAccess, openAccessLiteral } from './rules/open-access.ts'
import { rawSqlMember, rawSqlTag } from './rules/raw-sql.ts'
import { reference } from './rules/references.ts'
import { unbounded, unboundedKey } from './rules/unbounded.ts'
import { unscopedKind, unscopedLiteral, unscopedMember, unscopedPattern } from './rules/unscoped-session.ts'
import type { PlaceRule } from './place-rule.ts'

/** What is asked of each kind of node. */
export const placeRules: Readonly<Record<string, readonly PlaceRule[]>> = {
  Identifier: [reference],
  MemberExpression: [unscopedMember, reference, rawSqlMember],
  TaggedTemplateExpression: [rawSqlTag],
  CallExpression: [globalUnique, openAccess, unbounded, driverImport, dialectDriver],
  NewExpression: [kyselyInstance],
  ImportExpression: [driverImport],
  ImportDeclaration: [driverImport],
  ExportNamedDeclaration: [driverImport],
  ExportAllDeclaration: [driverImport],
  TSExternalModuleReference: [driverImport],
  Property: [unscopedPattern, deletedKey, allowList, globalUniques, unboundedKey],
  ObjectExpression: [unscopedLiteral, openAccessLiteral],
  AssignmentExpression: [deletedAssignment, unscopedKind],
  PropertyDefinition: [unscopedKind],
}
