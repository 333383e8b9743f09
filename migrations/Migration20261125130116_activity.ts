import { Migration } from '@mikro-orm/migrations';

export class Migration20261125130116_activity extends Migration {
  override name = 'Migration20261125130116_activity';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "saved_filter" ("id" uuid not null, "admin_id" uuid not null, "name" text not null, "filter" jsonb not null, "created_at" timestamptz not null default now(), primary key ("id"));`,
    );
    this.addSql(`create unique index "saved_filter_name_unique" on "saved_filter" ("admin_id", lower("name"));`);

    this.addSql(`create index "event_at_index" on "event" ("at");`);
    this.addSql(`create index "event_address_index" on "event" ("address");`);
    this.addSql(`create index "event_session_id_index" on "event" ("session_id");`);
    this.addSql(
      `create index "event_named_ids" on "event" using gin ((jsonb_path_query_array("facts", '\$.* ? (@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\$")')) jsonb_path_ops);`,
    );

    this.addSql(
      `alter table "saved_filter" add constraint "saved_filter_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "saved_filter" cascade;`);

    this.addSql(`drop index "event_at_index";`);
    this.addSql(`drop index "event_address_index";`);
    this.addSql(`drop index "event_session_id_index";`);
    this.addSql(`drop index "event_named_ids";`);
  }
}
