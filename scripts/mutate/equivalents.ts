/** A mutant that changes nothing anyone could notice, and why. It is found by its file and text, not by its line. */
export interface Equivalent {
  readonly file: string
  readonly within: string
  /** The original text, on one line. */
  readonly source: string
  readonly becomes: readonly string[]
  readonly reason: string
}

const compile = 'packages/terrace/src/database/compile'
const dao = 'packages/terrace/src/dao'

/** Kysely's renderers ask of a part of a node whether it is there, and take null for not. */
const nullIsNone = 'the renderer takes null for a part that is not there'

export const equivalents: readonly Equivalent[] = [
  {
    file: `${compile}/delete.ts`,
    within: 'deleteQuery.node',
    source: 'withNode !== null',
    becomes: ['true'],
    reason: nullIsNone,
  },
  {
    file: `${compile}/update.ts`,
    within: 'updateQuery.node',
    source: 'withNode !== null',
    becomes: ['true'],
    reason: nullIsNone,
  },
  {
    file: `${compile}/fenced.ts`,
    within: 'fenced',
    source: 'own === null',
    becomes: ['false'],
    reason: 'where there is no condition nothing was calculated, which the other part asks',
  },
  {
    file: `${compile}/fenced.ts`,
    within: 'fenced',
    source: 'false',
    becomes: ['true'],
    reason: 'what a row outside the scope answers does not matter: the guard beside it leaves the row out',
  },
  {
    file: `${compile}/equality.ts`,
    within: 'tuple.isNeverNull',
    source: 'false',
    becomes: ['true'],
    reason: 'only what is sorted by is asked, and a tuple is neither sorted by nor given',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'isOwnerActing',
    source: "access.kind !== 'owned'",
    becomes: ['false'],
    reason: 'only what more than its owner read is asked about: what is owned, owned through it, or of members',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'actsAs',
    source: "scope.kind === 'actor'",
    becomes: ['true'],
    reason: 'outside of any scope nobody is asked whose trash it is',
  },
  {
    file: `${compile}/owner-parameter.ts`,
    within: 'actorParameter',
    source: "scope.kind !== 'actor'",
    becomes: ['false'],
    reason: 'outside of any scope no key of an actor is asked for',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'memberCondition.isAlive.access',
    source: "'read'",
    becomes: ["'write'"],
    reason: 'for nobody the rows that are read and those that are written are the same',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'groupConditions.isAlive.access',
    source: "'read'",
    becomes: ["'write'"],
    reason: 'for nobody the rows that are read and those that are written are the same',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'isGroupLimited',
    source: "'read'",
    becomes: ["'write'"],
    reason: 'for nobody the rows that are read and those that are written are the same',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'memberCondition',
    source: "members === 'nobody'",
    becomes: ['false'],
    reason: 'who writes what nobody writes has been refused, and nothing is read by nobody',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'groupConditions',
    source: "access.write === 'nobody'",
    becomes: ['false'],
    reason: 'who writes what nobody writes has been refused before its references are checked',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'requireSharedWrite',
    source: "write !== 'nobody'",
    becomes: ['true'],
    reason: '"nobody" names no role, so that no role of a session is it',
  },
  {
    file: `${compile}/scope-conditions.ts`,
    within: 'isReadMoreWidely',
    source: "access.kind === 'owned'",
    becomes: ['true'],
    reason: 'no other of these kinds says who reads',
  },
  {
    file: `${compile}/member-conditions.ts`,
    within: 'requireNoNewGroup',
    source: "access.kind !== 'memberOf'",
    becomes: ['false'],
    reason: 'no other kind has a reference that is null',
  },
  {
    file: `${compile}/reference-checks.ts`,
    within: 'isStampedOwner',
    source: "access.kind === 'owned'",
    becomes: ['true'],
    reason: 'no other kind names a column',
  },
  {
    file: `${compile}/reference-checks.ts`,
    within: 'isVisibleKey',
    source: "meaning.kind !== 'column'",
    becomes: ['false'],
    reason: 'no other meaning is of a model, which the next line asks',
  },
  {
    file: `${compile}/reference-checks.ts`,
    within: 'soleKey',
    source: 'fact === undefined',
    becomes: ['false'],
    reason: 'every reference has a column',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.ForUpdate',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.ForNoKeyUpdate',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.ForShare',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.ForKeyShare',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.NoWait',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locking.SkipLocked',
    source: 'true',
    becomes: ['false'],
    reason: 'only the names of this table are asked',
  },
  {
    file: `${compile}/names.ts`,
    within: 'checkedName',
    source: 'name.length > longestName / 4',
    becomes: ['true', '(name.length) >= (longestName / 4)'],
    reason: 'a shortcut: so few letters never have that many bytes',
  },
  {
    file: `${compile}/select.ts`,
    within: 'locks.compiled',
    source: 'modifier === undefined',
    becomes: ['false'],
    reason: 'no name of the table is undefined, which the other part asks',
  },
  {
    file: `${compile}/fenced.ts`,
    within: 'behindFence.isOwn',
    source: 'otherwise !== null',
    becomes: ['true'],
    reason: nullIsNone,
  },
  {
    file: `${compile}/insert.ts`,
    within: 'requireWriter.deleted',
    source: "'with'",
    becomes: ["'without'"],
    reason: 'only what these conditions refuse counts: they are not written',
  },
  {
    file: `${compile}/member-conditions.ts`,
    within: 'roleConditions',
    source: 'only !== undefined',
    becomes: ['true'],
    reason: 'a list of one has a first, and its length is asked beside',
  },
  {
    file: `${compile}/reference-checks.ts`,
    within: 'ownerItem',
    source: "access.kind !== 'owned'",
    becomes: ['false'],
    reason: 'no other kind names a column',
  },
  {
    file: `${compile}/reference-checks.ts`,
    within: 'isNullBinding',
    source: "binding.kind === 'value'",
    becomes: ['true'],
    reason: 'no other binding has a value, null or not',
  },
  {
    file: `${dao}/ownership.ts`,
    within: 'unchanged',
    source: "executor.scope.kind === 'unscoped'",
    becomes: ['false'],
    reason: 'saves a question: outside any scope a row that is there was changed',
  },
  {
    file: `${dao}/ownership.ts`,
    within: 'requireOwn',
    source: "executor.scope.kind === 'unscoped'",
    becomes: ['false'],
    reason: 'saves a question: outside any scope every row answers that it is own',
  },
  {
    file: `${dao}/ownership.ts`,
    within: 'isOwn',
    source: 'Object.hasOwn(scope.actor, access.owner)',
    becomes: ['true'],
    reason: 'the value of a column is never undefined, nor what a prototype has',
  },
  {
    file: `${dao}/read-where.ts`,
    within: 'isValue',
    source: 'value !== undefined',
    becomes: ['true'],
    reason: 'the condition was read before, which refuses undefined',
  },
  {
    file: `${dao}/update-rows.ts`,
    within: 'readPatch',
    source: 'columns.length > 1',
    becomes: ['true', '(columns.length) >= (1)'],
    reason: 'one column is in its order',
  },
  {
    file: `${dao}/insert-rows.ts`,
    within: 'insertChunk.statement',
    source: "'without'",
    becomes: ["'with'"],
    reason: 'an INSERT of values reads no rows',
  },
]
