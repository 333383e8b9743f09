import { Migration } from '@mikro-orm/migrations';

export class Migration20261125163849_layouts extends Migration {
  override name = 'Migration20261125163849_layouts';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "own_layout" ("admin_id" uuid not null, "arrangement" jsonb null, "changed_at" timestamptz not null default now(), "version" int not null default 1, primary key ("admin_id"));`,
    );

    this.addSql(
      `create table "default_layout" ("role_id" uuid not null, "arrangement" jsonb not null, "published_at" timestamptz not null default now(), "published_by" text not null, primary key ("role_id"));`,
    );

    this.addSql(
      `alter table "own_layout" add constraint "own_layout_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "default_layout" add constraint "default_layout_role_id_foreign" foreign key ("role_id") references "role" ("id") on update cascade on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "own_layout" cascade;`);
    this.addSql(`drop table if exists "default_layout" cascade;`);
  }
}
