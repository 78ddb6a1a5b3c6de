import type { ErrorDefinition } from '../terrace-error.ts'

/** Revisions: their files, their graph, and running them. */
export const migrationErrors = {
  MIGRATION_FILE: {
    kind: 'structure',
    en: 'Files of revisions cannot be used as they are, and nothing was changed. Problems: {count}\n{list}',
    zh: '迁移文件无法使用，未做任何修改。问题数：{count}\n{list}',
    remedy: 'Do what each line says; a file that was changed or lost by mistake is in version control',
    remedyZh: '请按每一行的说明处理；误改或误删的文件可从版本控制中恢复',
    values: {
      count: 1,
      list:
        '- migrations/<engine>/20261121093000a1b2_add_barcode.ts: it has no default export. ' +
        'Write: export default migration({ … })',
    },
  },
  MIGRATION_TARGET: {
    kind: 'structure',
    en: 'There is no revision to go to by the name of {target}: {problem}',
    zh: '找不到目标迁移 {target}：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      target: '2026112109',
      problem: 'two begin so: 20261121093000a1b2 and 20261121094500c3d4',
      remedy: 'Write more of its id; terrace db history lists them all',
    },
  },
  MIGRATION_HEADS: {
    kind: 'structure',
    en: 'The revisions of {folder} end in {count} heads, and nothing says which is meant: {list}',
    zh: '{folder} 中的迁移有 {count} 个末端，无法确定目标：{list}',
    remedy: 'Join them: terrace db merge. Or name one of them; upgrade heads applies them all',
    remedyZh: '请合并：terrace db merge；或指明其中一个；upgrade heads 会应用全部',
    values: {
      folder: 'migrations/<engine>',
      count: 2,
      list: '20261121093000a1b2 (add barcode), 20261121094500c3d4 (add label)',
    },
  },
  MIGRATION_IRREVERSIBLE: {
    kind: 'structure',
    en: 'The way back is not there, and nothing was changed: {list}',
    zh: '无法回退，未做任何修改：{list}',
    remedy:
      'Go back to after it only; or restore a backup that was made before it; or write the way back into its down',
    remedyZh: '请只回退到它之后；或恢复在它之前的备份；或在其 down 中写出回退步骤',
    values: {
      list: '20261121093000a1b2 (add barcode), step 1 of its down: the values of products.kcal are gone',
    },
  },
  MIGRATION_EDITED: {
    kind: 'structure',
    en: 'Revisions that were applied have been edited since, and nothing was changed: {count}\n{list}',
    zh: '已应用的迁移之后被修改，未做任何修改：{count}\n{list}',
    remedy:
      'Restore each file as it was and write what is new as a new revision; or, where the database has it as the file says by now, record that: terrace db stamp',
    remedyZh: '请恢复文件原样，把新内容写成新的迁移；若数据库已与文件一致，可用 terrace db stamp 记录',
    values: {
      count: 1,
      list: '- 20261121093000a1b2 (add barcode): step 2 of its up is another one. File: migrations/<engine>/20261121093000a1b2_add_barcode.ts',
    },
  },
  MIGRATION_MISSING: {
    kind: 'structure',
    en: 'Revisions that were applied have no file in {folder}, and nothing was changed: {count}\n{list}',
    zh: '已应用的迁移在 {folder} 中没有文件，未做任何修改：{count}\n{list}',
    remedy:
      'Bring their files back, from version control or the branch that has them; or, if they are not wanted, go back with those files there, and leave them out after that; or record what the database has by terrace db stamp',
    remedyZh: '请从版本控制或所在分支恢复文件；若不再需要，请先在有文件时回退；或用 terrace db stamp 记录数据库的状态',
    values: {
      folder: 'migrations/<engine>',
      count: 1,
      list: '- 20261121093000a1b2 (add barcode), after 20261120080000e5f6',
    },
  },
  MIGRATION_CONFLICT: {
    kind: 'structure',
    en: 'The revisions {heads} do not go together, and nothing was written: {count}\n{list}',
    zh: '迁移 {heads} 对同一对象的要求互相冲突，未写入任何文件：{count}\n{list}',
    remedy:
      'Take back the revision of one side that is not applied anywhere yet, delete its files, and write it anew after the other',
    remedyZh: '请撤回其中一侧尚未在任何地方应用的迁移，删除其文件，然后在另一侧之后重新编写',
    values: {
      heads: '20261121093000a1b2 and 20261121094500c3d4',
      count: 1,
      list: '- column products.barcode: on the one side added as text null, on the other added as integer not null',
    },
  },
  MIGRATION_UNVERIFIED: {
    kind: 'structure',
    en: 'Revision {revision} ({description}) does not hold: tried out on a scratch database, its {direction} fails. Rows that were there: {rows}\n{problem}',
    zh: '迁移 {revision}（{description}）未通过验证：在临时数据库上试运行时 {direction} 失败。当时的行数：{rows}\n{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      revision: '20261121093000a1b2',
      description: 'add barcode',
      direction: 'downgrade',
      rows: 6,
      problem: 'column products.price: its values are others than before, and no step names that',
      remedy: 'Correct the steps in migrations/<engine>/20261121093000a1b2_add_barcode.ts, then run terrace db verify',
    },
  },
  MIGRATION_STEP_FAILED: {
    kind: 'structure',
    en: '{file}: {step} of its {direction} failed: {words}\n{statement}\n{outcome}',
    zh: '{file}：{direction} 的{step}失败：{words}\n{statement}\n{outcome}',
    remedy:
      'Correct the step, or what stands in its way in the database, and run the command again: what is done is not done twice. Where the database has it already, terrace db stamp records that',
    remedyZh:
      '请更正该步骤或数据库中的障碍，然后重新运行命令；已完成的步骤不会重复执行。若数据库中已有该内容，请用 terrace db stamp 记录',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_add_barcode.ts',
      direction: 'upgrade',
      step: 'step 2 of 3',
      words: 'column "barcode" of relation "products" already exists',
      statement: 'alter table "products" add column "barcode" text',
      outcome: 'Nothing of the revision is left: it was rolled back whole. Done before it in this run: none.',
    },
  },
  MIGRATION_REFUSED: {
    kind: 'structure',
    en: '{file}: the rows that are there stand against its {direction}:\n{list}\n{outcome}',
    zh: '{file}：现有的行与 {direction} 冲突：\n{list}\n{outcome}',
    remedy:
      'Look at the rows with the statement given and correct them, or add a data step that does, and run the command again',
    remedyZh: '请用所给语句查看并更正这些行，或添加数据步骤，然后重新运行命令',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_add_barcode.ts',
      direction: 'upgrade',
      list: '- step 2: 3 rows with NULL in name. They are shown by: select * from "products" where "name" is null',
      outcome: 'Nothing of the revision was done. Done before it in this run: none.',
    },
  },
  MIGRATION_BREAKS: {
    kind: 'structure',
    en: '{file}: after its {direction} what others have made would not work any longer, for it would not find what it asks for: {list}\n{outcome}',
    zh: '{file}：其 {direction} 之后，他人建立的对象将因找不到所需内容而失效：{list}\n{outcome}',
    remedy:
      'Drop each by hand before and make it again as it should be then; or do both in steps of this revision, which drop it by name and make it',
    remedyZh: '请先手动删除并随后按需重建；或在此迁移的步骤中按名称删除并重建它',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_drop_grams.ts',
      direction: 'upgrade',
      list: 'view totals',
      outcome: 'Nothing of the revision is left: it was rolled back whole. Done before it in this run: none.',
    },
  },
  MIGRATION_LOSES: {
    kind: 'structure',
    en: '{file}: its {direction} loses what no revision declares and none of its steps names: {list}\n{outcome}',
    zh: '{file}：其 {direction} 会丢失未声明且步骤中未提及的对象：{list}\n{outcome}',
    remedy:
      'Remove each by hand, if nobody needs it; or declare it and write a revision that makes it, recorded by terrace db stamp where it is there already; or name it in a step of this revision that keeps it or drops it',
    remedyZh: '若无人需要，请手动删除；或在模型中声明并编写对应迁移；或在此迁移的步骤中明确保留或删除它',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_shorten_name.ts',
      direction: 'upgrade',
      list: 'column products.extra, index products.ix_extra',
      outcome: 'Nothing of the revision is left: it was rolled back whole. Done before it in this run: none.',
    },
  },
  MIGRATION_RESULT: {
    kind: 'structure',
    en: '{file}: after its {direction} the structure is not what the snapshot beside the files says. Differences: {count}\n{list}\n{outcome}',
    zh: '{file}：{direction} 之后的结构与快照不一致，差异 {count} 处：\n{list}\n{outcome}',
    remedy:
      'Correct the steps so that they make what the snapshot declares, or write the revision anew: terrace db revision verifies it on a scratch database',
    remedyZh: '请更正步骤使其与快照一致，或用 terrace db revision 重新生成',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_add_barcode.ts',
      direction: 'upgrade',
      count: 1,
      list: '- column products.barcode: is missing, declared text null',
      outcome: 'Nothing of the revision is left: it was rolled back whole. Done before it in this run: none.',
    },
  },
  MIGRATION_UNFINISHED: {
    kind: 'structure',
    en: 'The {direction} of revision {revision} ({description}) was begun and has not come to its end: the structure is between two revisions',
    zh: '迁移 {revision}（{description}）的 {direction} 已开始但未完成：数据库结构处于两个迁移之间',
    remedy: 'Run terrace db {direction} again as it was run: it goes on where it stopped. Then start again',
    remedyZh: '请按原样再次运行 terrace db {direction} 以继续完成，然后重新启动',
    values: { direction: 'upgrade', revision: '20261121093000a1b2', description: 'add barcode' },
  },
  MIGRATION_INTERRUPTED: {
    kind: 'unavailable',
    en: '{file}: its {direction} was stopped because that was asked for. {outcome}',
    zh: '{file}：{direction} 已按要求中止。{outcome}',
    remedy: 'Run the command again: what is done is not done twice',
    remedyZh: '请重新运行命令；已完成的步骤不会重复执行',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_add_barcode.ts',
      direction: 'upgrade',
      outcome: 'Done and kept: step 1 of 3. Done before it in this run: none.',
    },
  },
  MIGRATION_ELSEWHERE: {
    kind: 'structure',
    en: 'The {direction} of revision {revision} cannot be begun: {problem}',
    zh: '无法开始迁移 {revision} 的 {direction}：{problem}',
    remedy:
      'Look at terrace db current: another process has changed which revisions are applied; then run the command again',
    remedyZh: '请用 terrace db current 查看：其他进程已改变了已应用的迁移；然后重新运行命令',
    values: {
      direction: 'upgrade',
      revision: '20261121093000a1b2',
      problem: 'its parent 20261120080000e5f6 is not applied',
    },
  },
  MIGRATION_RESUME: {
    kind: 'structure',
    en: '{file}: its {direction} was begun, and cannot be gone on with: {problem}',
    zh: '{file}：其 {direction} 已开始，但无法继续：{problem}',
    remedy:
      'Restore the steps that are done as they were: those after them may be corrected; or bring the database to one side of the revision by hand, and record that: terrace db stamp',
    remedyZh:
      '请恢复已完成步骤的原样，其后的步骤可以更正；或手动把数据库调整到该迁移之前或之后，并用 terrace db stamp 记录',
    values: {
      file: 'migrations/<engine>/20261121093000a1b2_add_barcode.ts',
      direction: 'upgrade',
      problem: 'step 1 has been done and is another one now',
    },
  },
} as const satisfies Record<string, ErrorDefinition>
