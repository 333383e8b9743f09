import { Migration } from '@mikro-orm/migrations';

export class Migration20261125174349_todos_and_notes extends Migration {
  override name = 'Migration20261125174349_todos_and_notes';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "own_notes" ("admin_id" uuid not null, "text" text not null, "version" int not null, "changed_at" timestamptz not null, primary key ("admin_id"));`,
    );

    this.addSql(
      `create table "todo" ("id" uuid not null, "text" text not null, "shared" boolean not null, "assignee_id" uuid null, "added_by_id" uuid not null, "due_on" date null, "done_at" timestamptz null, "done_by_id" uuid null, "deleted_at" timestamptz null, "created_at" timestamptz not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create index "todo_assignee_id_index" on "todo" ("assignee_id");`);
    this.addSql(`create index "todo_shared_index" on "todo" ("shared");`);
    this.addSql(`create index "todo_deleted_at_index" on "todo" ("deleted_at");`);

    this.addSql(
      `alter table "own_notes" add constraint "own_notes_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "todo" add constraint "todo_assignee_id_foreign" foreign key ("assignee_id") references "admin" ("id") on delete set null;`,
    );
    this.addSql(`alter table "todo" add constraint "todo_added_by_id_foreign" foreign key ("added_by_id") references "admin" ("id");`);
    this.addSql(
      `alter table "todo" add constraint "todo_done_by_id_foreign" foreign key ("done_by_id") references "admin" ("id") on delete set null;`,
    );
    this.addSql(`alter table "todo" add constraint "todo_owned" check (shared or assignee_id is not null);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "own_notes" cascade;`);
    this.addSql(`drop table if exists "todo" cascade;`);
  }
}
