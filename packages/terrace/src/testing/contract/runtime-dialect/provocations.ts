import type { Connection, DriverError, IsolationLevel } from '../../../database/index.ts'
import { failureOf, runOn, writing, type Bench, type Provocation, type Run } from './subject.ts'

interface Family {
  readonly parents: string
  readonly children: string
}

/** Two tables with every kind of constraint. */
async function family(bench: Bench): Promise<Family> {
  const [parents, children] = [bench.newName(), bench.newName()]
  const integer = bench.sqlType({ kind: 'integer' })
  await bench.createTable(
    parents,
    `id ${integer} not null, code ${bench.sqlType({ kind: 'text', maxLength: 5 })} not null, size ${integer},
     constraint pk_${parents} primary key (id),
     constraint uq_${parents}_code unique (code),
     constraint ck_${parents}_size_range check (size between 0 and 10)`,
  )
  await bench.createTable(
    children,
    `id ${integer} not null, parent_id ${integer} not null,
     constraint pk_${children} primary key (id),
     constraint fk_${children}_parent_id_${parents} foreign key (parent_id) references ${parents} (id)`,
  )
  await bench.run(`insert into ${parents} (id, code, size) values (1, 'a', 1), (2, 'b', 2)`)
  await bench.run(`insert into ${children} (id, parent_id) values (1, 1)`)
  return { parents, children }
}

const failing = (bench: Bench, sql: string, ...parameters: readonly unknown[]): Promise<DriverError> =>
  failureOf(() => bench.run(sql, ...parameters))

export const sameUnique: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await failing(bench, `insert into ${parents} (id, code) values (3, ?)`, 'a')
  return { error, table: parents, constraint: `uq_${parents}_code`, columns: ['code'] }
}

export const orphan: Provocation = async (bench) => {
  const { parents, children } = await family(bench)
  const error = await failing(bench, `insert into ${children} (id, parent_id) values (2, ?)`, 99)
  return { error, table: children, constraint: `fk_${children}_parent_id_${parents}` }
}

export const outOfCheck: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await failing(bench, `update ${parents} set size = ? where id = 1`, 11)
  return { error, table: parents, constraint: `ck_${parents}_size_range` }
}

export const nullInNotNull: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await failing(bench, `update ${parents} set code = ? where id = 1`, null)
  return { error, table: parents, columns: ['code'] }
}

export const tooLongText: Provocation = async (bench) => {
  const { parents } = await family(bench)
  return { error: await failing(bench, `insert into ${parents} (id, code) values (3, ?)`, 'abcdef') }
}

export const outOfInteger: Provocation = async (bench) => {
  const { parents } = await family(bench)
  return { error: await failing(bench, `insert into ${parents} (id, code) values (?, 'c')`, 2 ** 31) }
}

export const textInInteger: Provocation = async (bench) => {
  const { parents } = await family(bench)
  return { error: await failing(bench, `insert into ${parents} (id, code) values (?, 'c')`, 'three') }
}

export const missingTable: Provocation = async (bench) => ({
  error: await failing(bench, 'select id from no_such_table'),
})

export const syntaxError: Provocation = async (bench) => ({ error: await failing(bench, 'selekt 1') })

export const writeInReadOnly: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await bench.use(async (run, connection) => {
    await connection.begin({ ...writing(connection), readOnly: true })
    const failure = await failureOf(() => run(`delete from ${parents} where id = 99`))
    await connection.rollback()
    return failure
  })
  return { error }
}

type Both = (
  first: { run: Run; connection: Connection },
  second: { run: Run; connection: Connection },
) => Promise<DriverError>

/** Two transactions at once, both rolled back in the end. */
function inTwoTransactions(bench: Bench, isolation: IsolationLevel, work: Both): Promise<DriverError> {
  return bench.use((firstRun, first) =>
    bench.use(async (secondRun, second) => {
      await first.begin({ isolation, readOnly: false })
      await second.begin({ isolation, readOnly: false })
      try {
        return await work({ run: firstRun, connection: first }, { run: secondRun, connection: second })
      } finally {
        await first.rollback()
        await second.rollback()
      }
    }),
  )
}

export const deadlock: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const touch = (run: Run, id: number): Promise<unknown> => run(`update ${parents} set size = 5 where id = ${id}`)
  const error = await inTwoTransactions(bench, 'readCommitted', async (first, second) => {
    await touch(first.run, 1)
    await touch(second.run, 2)
    // One of them is chosen to fail; the other gets its lock then.
    const crossing = [touch(first.run, 2), touch(second.run, 1)]
    const failed = await failureOf(() => Promise.all(crossing))
    await Promise.allSettled(crossing)
    return failed
  })
  return { error }
}

export const snapshotConflict: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await inTwoTransactions(bench, 'repeatableRead', async (first, second) => {
    await first.run(`select size from ${parents}`)
    await second.run(`update ${parents} set size = 7 where id = 1`)
    await second.connection.commit()
    const failed = await failureOf(() => first.run(`update ${parents} set size = 8 where id = 1`))
    await second.connection.begin({ isolation: 'readCommitted', readOnly: false })
    return failed
  })
  return { error }
}

/** Off by default in MariaDB 10.11; there an update does not see that its snapshot is stale. */
export const mysqlSerialization: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await bench.use(async (run, connection) => {
    await run('set session innodb_snapshot_isolation = on')
    await connection.begin({ isolation: 'repeatableRead', readOnly: false })
    await run(`select size from ${parents}`)
    await bench.run(`update ${parents} set size = 7 where id = 1`)
    const failed = await failureOf(() => run(`update ${parents} set size = 8 where id = 1`))
    await connection.rollback()
    await run('set session innodb_snapshot_isolation = off')
    return failed
  })
  return { error }
}

export const lockNotFree: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const error = await inTwoTransactions(bench, 'readCommitted', async (first, second) => {
    await first.run(`update ${parents} set size = 5 where id = 1`)
    return failureOf(() => second.run(`select id from ${parents} where id = 1 for update nowait`))
  })
  return { error }
}

export const killed: Provocation = async (bench) => {
  const { kill } = bench.facts
  if (kill === null) throw new Error('This engine has nobody to kill')
  const victim = await bench.driver.acquire({ access: 'write', timeoutMs: 2_000 })
  const run = runOn(victim, bench.facts)
  const found = await run(kill.id)
  await bench.run(kill.sql(found.rows[0]?.['id']))
  const error = await failureOf(() => run('select 1'))
  await bench.driver.release(victim, { broken: true })
  return { error }
}

export const postgresTimeout: Provocation = async (bench) => {
  const error = await bench.use(async (run) => {
    await run("set statement_timeout = '50ms'")
    const failed = await failureOf(() => run('select pg_sleep(5)'))
    await run('reset statement_timeout')
    return failed
  })
  return { error }
}

export const mysqlTimeout: Provocation = async (bench) => ({
  error: await failing(bench, 'set statement max_statement_time = 0.05 for select sleep(5)'),
})

export const postgresPermission: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const role = `terrace_test_${process.pid}_${Date.now()}`
  await bench.run(`create role ${role}`)
  const error = await bench.use(async (run) => {
    await run(`set role ${role}`)
    const failed = await failureOf(() => run(`select id from ${parents}`))
    await run('reset role')
    return failed
  })
  await bench.run(`drop role ${role}`)
  return { error }
}

export const postgresPolicy: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const role = `terrace_test_${process.pid}_${Date.now()}`
  await bench.run(`create role ${role}`)
  await bench.run(`grant insert on ${parents} to ${role}`)
  await bench.run(`alter table ${parents} enable row level security`)
  const error = await bench.use(async (run) => {
    await run(`set role ${role}`)
    const failed = await failureOf(() => run(`insert into ${parents} (id) values (77)`))
    await run('reset role')
    return failed
  })
  await bench.run(`drop owned by ${role}`)
  await bench.run(`drop role ${role}`)
  return { error }
}

export const mysqlPermission: Provocation = async (bench) => {
  const user = `terrace_test_${process.pid}`
  const table = bench.newName()
  await bench.createTable(table, 'id int, secret int')
  const database = new URL(bench.url).pathname.slice(1)
  await bench.run(`create user '${user}'@'%'`)
  // Of the table it may read one column, so that it may open the database at all.
  await bench.run(`grant select (id) on ${database}.${table} to '${user}'@'%'`)
  const url = new URL(bench.url)
  url.username = user
  url.password = ''
  const driver = await bench.dialect.open({ url: url.href, pool: { size: 1 } })
  const error = await bench.use((run) => failureOf(() => run(`select secret from ${table}`)), { driver })
  await driver.close()
  await bench.run(`drop user '${user}'@'%'`)
  return { error }
}

export const mysqlTableFull: Provocation = async (bench) => {
  const table = bench.newName()
  const error = await bench.use(async (run) => {
    await run('set session max_heap_table_size = 16384')
    await run(`create table ${table} (filler char(255)) engine=memory`)
    const failed = await failureOf(async () => {
      for (let row = 0; row < 10_000; row += 1) await run(`insert into ${table} values ('x')`)
    })
    await run('set session max_heap_table_size = default')
    return failed
  })
  return { error }
}

export const outOfSixtyFourBits: Provocation = async (bench) => {
  const { parents } = await family(bench)
  return { error: await failing(bench, `insert into ${parents} (id, code) values (?, 'c')`, 2n ** 63n) }
}

/** Above the engine's own limit of 10^9 bytes; nothing of that size is made. */
export const sqliteTooBig: Provocation = async (bench) => ({
  error: await failing(bench, 'select randomblob(1000000001) as big'),
})

export const sqliteFull: Provocation = async (bench) => {
  const table = bench.newName()
  await bench.createTable(table, 'filler blob')
  const error = await bench.use(async (run) => {
    const pages = await run('pragma page_count')
    await run(`pragma max_page_count = ${Number(pages.rows[0]?.['page_count']) + 2}`)
    const failed = await failureOf(() => run(`insert into ${table} values (zeroblob(1000000))`))
    await run('pragma max_page_count = 1073741823')
    return failed
  })
  return { error }
}

/** A transaction that read, and whose database another one changed since: it can never write. */
export const sqliteStale: Provocation = async (bench) => {
  const { parents } = await family(bench)
  const other = await bench.another()
  const error = await bench.use(async (run, connection) => {
    await run('begin deferred')
    await run(`select id from ${parents}`)
    await bench.use((otherRun) => otherRun(`update ${parents} set size = 7 where id = 1`), { driver: other })
    const failed = await failureOf(() => run(`update ${parents} set size = 8 where id = 1`))
    await connection.rollback()
    return failed
  })
  return { error }
}

/** Another process holds the only write lock, here played by another driver. */
export const sqliteBusy: Provocation = async (bench) => {
  const other = await bench.another()
  const error = await bench.use(
    async (_, holder) => {
      await holder.begin(writing(holder))
      const failed = await bench.use((__, connection) => failureOf(() => connection.begin(writing(connection))))
      await holder.rollback()
      return failed
    },
    { driver: other },
  )
  return { error }
}
