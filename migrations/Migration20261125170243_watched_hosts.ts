import { Migration } from '@mikro-orm/migrations';

export class Migration20261125170243_watched_hosts extends Migration {
  override name = 'Migration20261125170243_watched_hosts';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "watched_host" ("id" uuid not null, "name" text not null, "target" text not null, "expected_status" int not null, "within" int not null, "every_seconds" int not null, "steady" int not null, "state" text not null default 'unknown', "since" timestamptz null, "streak" int not null default 0, "streak_since" timestamptz null, "last_at" timestamptz null, "last_ms" int null, "last_reason" text null, "due_at" timestamptz not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create unique index "watched_host_name_unique" on "watched_host" (lower("name"));`);

    this.addSql(
      `create table "host_check" ("id" uuid not null, "host_id" uuid not null, "at" timestamptz not null default now(), "ms" int not null, "reason" text null, "turned" text null, primary key ("id"));`,
    );
    this.addSql(`create index "host_check_host_id_at_index" on "host_check" ("host_id", "at");`);
    this.addSql(`create index "host_check_at_index" on "host_check" ("at");`);

    this.addSql(`alter table "organisation" add "watched_networks" text not null default '';`);

    this.addSql(`alter table "watched_host" add constraint "watched_host_state_check" check ("state" in ('unknown', 'up', 'down'));`);

    this.addSql(
      `alter table "host_check" add constraint "host_check_host_id_foreign" foreign key ("host_id") references "watched_host" ("id") on delete cascade;`,
    );
    this.addSql(`alter table "host_check" add constraint "host_check_turned_check" check ("turned" in ('down', 'back'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "host_check" drop constraint "host_check_host_id_foreign";`);

    this.addSql(`drop table if exists "watched_host" cascade;`);
    this.addSql(`drop table if exists "host_check" cascade;`);

    this.addSql(`alter table "organisation" drop column "watched_networks";`);
  }
}
