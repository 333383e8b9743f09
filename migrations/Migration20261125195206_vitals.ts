import { Migration } from '@mikro-orm/migrations';

export class Migration20261125195206_vitals extends Migration {
  override name = 'Migration20261125195206_vitals';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "vital" ("id" text not null, "state" text not null default 'up', "since" timestamptz null, "streak" int not null default 0, "streak_since" timestamptz null, "due_at" timestamptz not null default now(), primary key ("id"));`,
    );

    this.addSql(
      `create table "worker_sign" ("id" uuid not null, "name" text not null, "started_at" timestamptz not null default now(), "heard_at" timestamptz not null default now(), "gone_at" timestamptz null, "succeeds" uuid null, primary key ("id"));`,
    );

    this.addSql(`alter table "vital" add constraint "vital_state_check" check ("state" in ('up', 'down'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "vital" cascade;`);
    this.addSql(`drop table if exists "worker_sign" cascade;`);
  }
}
