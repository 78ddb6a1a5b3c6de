import {
  actor,
  boolean,
  date,
  identity,
  integer,
  model,
  owner,
  ownedThrough,
  reference,
  shared,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from '../../../src/model/index.ts'
import type { Has } from './depot-changes.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const

/** Nine models: an actor, what it owns, a circle of two tables, a key of two columns. */
export function people(has: Has) {
  const { Worker, Team, Badge } = teams(has)
  const { Shift, Break, Absence } = hours({ Worker })
  const { Skill, WorkerSkill, Training } = skills(has, { Worker })
  return { Worker, Team, Badge, Shift, Break, Absence, Skill, WorkerSkill, Training }
}

function teams(has: Has) {
  const Worker = model(
    'workers',
    {
      id: uuid().primaryKey(),
      name: text().length(1, 60),
      teamId: reference('teams', { key: identity(), onDelete: 'setNull' }).nullable(),
      ...(has('workersHaveAPhone') ? { phone: text().length(3, 30).nullable() } : {}),
      ...timestamps(),
    },
    { access: actor() },
  )
  const Team = model(
    'teams',
    {
      id: identity(),
      name: text().length(1, 40).unique({ global: true }),
      leadId: reference('workers', { key: uuid() }).nullable(),
    },
    everyone,
  )
  const Badge = model('badges', {
    id: uuid().primaryKey(),
    workerId: owner(Worker, { onDelete: 'cascade' }),
    code: has('badgeCodesAreUnique') ? text().length(4, 12).unique() : text().length(4, 12),
    ...softDelete(),
  })
  return { Worker, Team, Badge }
}

type Workers = Pick<ReturnType<typeof teams>, 'Worker'>

function hours({ Worker }: Workers) {
  const Shift = model(
    'shifts',
    {
      id: identity(),
      workerId: owner(Worker, { onDelete: 'cascade' }),
      day: date(),
      startsAt: time(),
      minutes: smallint().range(15, 720).default(480),
    },
    { indexes: [['workerId', '-day']] },
  )
  const Break = model(
    'breaks',
    { id: identity(), shiftId: reference(Shift, { onDelete: 'cascade' }), minutes: smallint() },
    { access: ownedThrough('shiftId') },
  )
  const Absence = model(
    'absences',
    {
      id: uuid().primaryKey(),
      workerId: owner(Worker),
      isOpen: boolean().default(true),
      since: timestamp(),
      reason: text().nullable(),
    },
    { uniques: [{ columns: ['workerId'], where: { isOpen: true } }] },
  )
  return { Shift, Break, Absence }
}

function skills(has: Has, { Worker }: Workers) {
  const Skill = model(
    'skills',
    {
      id: identity(),
      name: text().length(1, 40).ignoreCase().unique(),
      level: smallint()
        .range(1, has('skillsGoToTen') ? 10 : 5)
        .default(1),
    },
    {
      access: shared({ write: 'nobody' }),
      seeds: [{ name: 'Forklift', level: 3 }, { name: 'Packing' }, { id: 20, name: 'Counting' }],
    },
  )
  const WorkerSkill = model(
    'worker_skills',
    {
      workerId: reference(Worker, { onDelete: 'cascade' }).primaryKey(),
      skillId: reference(Skill).primaryKey(),
      since: date().nullable(),
    },
    everyone,
  )
  const Training = model(
    'trainings',
    {
      id: identity(),
      skillId: reference(Skill),
      title: text().length(1, 80),
      hours: has('hoursHaveNoDefault') ? integer() : integer().default(8),
    },
    everyone,
  )
  return { Skill, WorkerSkill, Training }
}
