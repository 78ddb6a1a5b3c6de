/** A database as another program makes it: its structure, a few rows, and the table in which it keeps its own books. */
export interface OthersDatabase {
  readonly statements: readonly string[]
  /** As it is quoted on the engine. */
  readonly books: string
  /** Names of tables that a model can hold. */
  readonly tables: readonly string[]
}

type EngineKey = 'sqliteFile' | 'postgres' | 'mysql'
type Made = Readonly<Record<EngineKey, OthersDatabase>>

/*
 * SQLAlchemy with Alembic: snake_case, constraints that are unnamed or named by a convention, `version_num` of 32 characters.
 * Written as `alembic upgrade head` leaves them, from the documentation of Alembic and SQLAlchemy.
 */
const alembicTables = ['account', 'bookmark', 'tag', 'bookmark_tag']

const alembic: Made = {
  sqliteFile: {
    books: '"alembic_version"',
    tables: alembicTables,
    statements: [
      `CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))`,
      `INSERT INTO alembic_version VALUES ('1975ea83b712')`,
      `CREATE TABLE account (
        id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, description VARCHAR(200), state VARCHAR(8) NOT NULL, is_admin BOOLEAN NOT NULL,
        created_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, PRIMARY KEY (id), CONSTRAINT ck_state CHECK (state IN ('active', 'closed'))
      )`,
      `CREATE UNIQUE INDEX ix_account_name ON account (name)`,
      `CREATE TABLE bookmark (
        id INTEGER NOT NULL, account_id INTEGER NOT NULL, url TEXT NOT NULL, rating FLOAT, price NUMERIC(10, 2), extra JSON, PRIMARY KEY (id),
        FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, UNIQUE (account_id, url)
      )`,
      `CREATE TABLE tag (code VARCHAR(16) NOT NULL, title VARCHAR(60) DEFAULT 'untitled' NOT NULL, PRIMARY KEY (code))`,
      `CREATE TABLE bookmark_tag (
        bookmark_id INTEGER NOT NULL, tag_code VARCHAR(16) NOT NULL, PRIMARY KEY (bookmark_id, tag_code),
        FOREIGN KEY(bookmark_id) REFERENCES bookmark (id), FOREIGN KEY(tag_code) REFERENCES tag (code)
      )`,
      `INSERT INTO account VALUES (1, 'ada', NULL, 'active', 1, '2026-01-02 03:04:05')`,
      `INSERT INTO bookmark VALUES (1, 1, 'https://example.org', 4.5, 12.5, '{"a": 1}')`,
    ],
  },
  postgres: {
    books: '"alembic_version"',
    tables: alembicTables,
    statements: [
      `CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))`,
      `INSERT INTO alembic_version VALUES ('1975ea83b712')`,
      `CREATE TYPE accountstate AS ENUM ('active', 'closed')`,
      `CREATE TABLE account (
        id SERIAL NOT NULL, name VARCHAR(50) NOT NULL, description VARCHAR(200), state accountstate NOT NULL, is_admin BOOLEAN NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, PRIMARY KEY (id)
      )`,
      `CREATE UNIQUE INDEX ix_account_name ON account (name)`,
      `CREATE TABLE bookmark (
        id SERIAL NOT NULL, account_id INTEGER NOT NULL, url TEXT NOT NULL, rating DOUBLE PRECISION, price NUMERIC(10, 2), extra JSON, labels TEXT[],
        PRIMARY KEY (id), FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, UNIQUE (account_id, url)
      )`,
      `CREATE INDEX ix_bookmark_lower_url ON bookmark (lower(url)) WHERE rating > 3`,
      `CREATE TABLE tag (code VARCHAR(16) NOT NULL, title VARCHAR(60) DEFAULT 'untitled' NOT NULL, PRIMARY KEY (code))`,
      `CREATE TABLE bookmark_tag (
        bookmark_id INTEGER NOT NULL, tag_code VARCHAR(16) NOT NULL, PRIMARY KEY (bookmark_id, tag_code),
        FOREIGN KEY(bookmark_id) REFERENCES bookmark (id), FOREIGN KEY(tag_code) REFERENCES tag (code)
      )`,
      `INSERT INTO account VALUES (1, 'ada', NULL, 'active', true, '2026-01-02 03:04:05+00')`,
      `SELECT setval('account_id_seq', 1)`,
      `INSERT INTO bookmark VALUES (1, 1, 'https://example.org', 4.5, 12.5, '{"a": 1}', '{a,b}')`,
      `SELECT setval('bookmark_id_seq', 1)`,
    ],
  },
  mysql: {
    books: '`alembic_version`',
    tables: alembicTables,
    statements: [
      'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))',
      `INSERT INTO alembic_version VALUES ('1975ea83b712')`,
      `CREATE TABLE account (
        id INTEGER NOT NULL AUTO_INCREMENT, name VARCHAR(50) NOT NULL, description VARCHAR(200), state ENUM('active','closed') NOT NULL,
        is_admin BOOL NOT NULL, created_at DATETIME NOT NULL DEFAULT now(), PRIMARY KEY (id), CHECK (is_admin IN (0, 1))
      )`,
      'CREATE UNIQUE INDEX ix_account_name ON account (name)',
      `CREATE TABLE bookmark (
        id INTEGER NOT NULL AUTO_INCREMENT, account_id INTEGER NOT NULL, url VARCHAR(500) NOT NULL, rating FLOAT, price NUMERIC(10, 2), extra JSON,
        PRIMARY KEY (id), FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, UNIQUE (account_id, url)
      )`,
      `CREATE TABLE tag (code VARCHAR(16) NOT NULL, title VARCHAR(60) NOT NULL DEFAULT 'untitled', PRIMARY KEY (code))`,
      `CREATE TABLE bookmark_tag (
        bookmark_id INTEGER NOT NULL, tag_code VARCHAR(16) NOT NULL, PRIMARY KEY (bookmark_id, tag_code),
        FOREIGN KEY(bookmark_id) REFERENCES bookmark (id), FOREIGN KEY(tag_code) REFERENCES tag (code)
      )`,
      `INSERT INTO account VALUES (1, 'ada', NULL, 'active', 1, '2026-01-02 03:04:05')`,
      `INSERT INTO bookmark VALUES (1, 1, 'https://example.org', 4.5, 12.5, '{"a": 1}')`,
    ],
  },
}

/*
 * Prisma: tables and columns as its models are called, texts made by its client as keys, `TIMESTAMP(3)`, unique indexes, foreign keys
 * with ON UPDATE CASCADE, lists of both sides in a table without a primary key. Written as `prisma migrate deploy` leaves them, from its
 * documentation.
 */
const prismaTables = ['User', 'Post', 'Category']

const prismaBooks = (quote: string, uuid: string, instant: string): readonly string[] => [
  `CREATE TABLE ${quote}_prisma_migrations${quote} (
    id ${uuid} PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at ${instant} NULL, migration_name VARCHAR(255) NOT NULL, logs TEXT,
    rolled_back_at ${instant} NULL, started_at ${instant} NOT NULL DEFAULT CURRENT_TIMESTAMP, applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`,
  `INSERT INTO ${quote}_prisma_migrations${quote} (id, checksum, migration_name, started_at) VALUES ('a', 'b', '20260102030405_init', '2026-01-02 03:04:05')`,
]

const prisma: Made = {
  sqliteFile: {
    books: '"_prisma_migrations"',
    tables: prismaTables,
    statements: [
      ...prismaBooks('"', 'TEXT', 'DATETIME'),
      `CREATE TABLE "User" (
        "id" TEXT NOT NULL PRIMARY KEY, "email" TEXT NOT NULL, "name" TEXT, "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
        "isActive" BOOLEAN NOT NULL DEFAULT true
      )`,
      `CREATE TABLE "Post" (
        "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "authorId" TEXT, "price" DECIMAL NOT NULL DEFAULT 0, "data" JSONB,
        CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
      )`,
      `CREATE TABLE "Category" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL)`,
      `CREATE TABLE "_CategoryToPost" (
        "A" TEXT NOT NULL, "B" INTEGER NOT NULL,
        CONSTRAINT "_CategoryToPost_A_fkey" FOREIGN KEY ("A") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
        CONSTRAINT "_CategoryToPost_B_fkey" FOREIGN KEY ("B") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
      )`,
      `CREATE UNIQUE INDEX "User_email_key" ON "User"("email")`,
      `CREATE UNIQUE INDEX "_CategoryToPost_AB_unique" ON "_CategoryToPost"("A", "B")`,
      `CREATE INDEX "_CategoryToPost_B_index" ON "_CategoryToPost"("B")`,
      `INSERT INTO "User" VALUES ('ckv1', 'ada@example.org', NULL, 1767323045000, true)`,
      `INSERT INTO "Post" VALUES (1, 'First', 'ckv1', 1.5, NULL)`,
      `INSERT INTO "Category" VALUES ('c1', 'News')`,
      `INSERT INTO "_CategoryToPost" VALUES ('c1', 1)`,
    ],
  },
  postgres: {
    books: '"_prisma_migrations"',
    tables: prismaTables,
    statements: [
      ...prismaBooks('"', 'VARCHAR(36)', 'TIMESTAMPTZ'),
      `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN')`,
      `CREATE TABLE "User" (
        "id" TEXT NOT NULL, "email" TEXT NOT NULL, "name" TEXT, "role" "Role" NOT NULL DEFAULT 'USER', "isActive" BOOLEAN NOT NULL DEFAULT true,
        "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "User_pkey" PRIMARY KEY ("id")
      )`,
      `CREATE TABLE "Post" (
        "id" SERIAL NOT NULL, "title" TEXT NOT NULL, "authorId" TEXT, "price" DECIMAL(65,30) NOT NULL DEFAULT 0, "data" JSONB, "tags" TEXT[],
        CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
      )`,
      `CREATE TABLE "Category" ("id" TEXT NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Category_pkey" PRIMARY KEY ("id"))`,
      `CREATE TABLE "_CategoryToPost" ("A" TEXT NOT NULL, "B" INTEGER NOT NULL)`,
      `CREATE UNIQUE INDEX "User_email_key" ON "User"("email")`,
      `CREATE UNIQUE INDEX "_CategoryToPost_AB_unique" ON "_CategoryToPost"("A", "B")`,
      `CREATE INDEX "_CategoryToPost_B_index" ON "_CategoryToPost"("B")`,
      `ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE`,
      `ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_A_fkey" FOREIGN KEY ("A") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE`,
      `ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_B_fkey" FOREIGN KEY ("B") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE`,
      `INSERT INTO "User" VALUES ('ckv1', 'ada@example.org', NULL, 'ADMIN', true, '2026-01-02 03:04:05.678')`,
      `INSERT INTO "Post" VALUES (1, 'First', 'ckv1', 1.5, NULL, '{a}')`,
      `SELECT setval('"Post_id_seq"', 1)`,
      `INSERT INTO "Category" VALUES ('c1', 'News')`,
      `INSERT INTO "_CategoryToPost" VALUES ('c1', 1)`,
    ],
  },
  mysql: {
    books: '`_prisma_migrations`',
    tables: prismaTables,
    statements: [
      ...prismaBooks('`', 'VARCHAR(36)', 'DATETIME(3)').map((sql) =>
        sql.replace(
          'DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP',
          'DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)',
        ),
      ),
      `CREATE TABLE \`User\` (
        \`id\` VARCHAR(191) NOT NULL, \`email\` VARCHAR(191) NOT NULL, \`name\` VARCHAR(191) NULL, \`role\` ENUM('USER', 'ADMIN') NOT NULL DEFAULT 'USER',
        \`createdAt\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), \`isActive\` BOOLEAN NOT NULL DEFAULT true,
        UNIQUE INDEX \`User_email_key\`(\`email\`), PRIMARY KEY (\`id\`)
      ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
      `CREATE TABLE \`Post\` (
        \`id\` INTEGER NOT NULL AUTO_INCREMENT, \`title\` VARCHAR(191) NOT NULL, \`authorId\` VARCHAR(191) NULL,
        \`price\` DECIMAL(65, 30) NOT NULL DEFAULT 0, \`data\` JSON NULL, PRIMARY KEY (\`id\`)
      ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
      `CREATE TABLE \`Category\` (\`id\` VARCHAR(191) NOT NULL, \`name\` VARCHAR(191) NOT NULL, PRIMARY KEY (\`id\`)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
      `CREATE TABLE \`_CategoryToPost\` (
        \`A\` VARCHAR(191) NOT NULL, \`B\` INTEGER NOT NULL,
        UNIQUE INDEX \`_CategoryToPost_AB_unique\`(\`A\`, \`B\`), INDEX \`_CategoryToPost_B_index\`(\`B\`)
      ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
      `ALTER TABLE \`Post\` ADD CONSTRAINT \`Post_authorId_fkey\` FOREIGN KEY (\`authorId\`) REFERENCES \`User\`(\`id\`) ON DELETE SET NULL ON UPDATE CASCADE`,
      `ALTER TABLE \`_CategoryToPost\` ADD CONSTRAINT \`_CategoryToPost_A_fkey\` FOREIGN KEY (\`A\`) REFERENCES \`Category\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE`,
      `ALTER TABLE \`_CategoryToPost\` ADD CONSTRAINT \`_CategoryToPost_B_fkey\` FOREIGN KEY (\`B\`) REFERENCES \`Post\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE`,
      `INSERT INTO \`User\` VALUES ('ckv1', 'ada@example.org', NULL, 'ADMIN', '2026-01-02 03:04:05.678', true)`,
      `INSERT INTO \`Post\` VALUES (1, 'First', 'ckv1', 1.5, NULL)`,
      `INSERT INTO \`Category\` VALUES ('c1', 'News')`,
      `INSERT INTO \`_CategoryToPost\` VALUES ('c1', 1)`,
    ],
  },
}

export const othersDatabases = { Alembic: alembic, Prisma: prisma } as const
export type Maker = keyof typeof othersDatabases
export type MadeOn = EngineKey
