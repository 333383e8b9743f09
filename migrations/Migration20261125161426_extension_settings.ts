import { Migration } from '@mikro-orm/migrations';

export class Migration20261125161426_extension_settings extends Migration {
  override name = 'Migration20261125161426_extension_settings';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "extension_settings" ("id" text not null, "settings" jsonb not null, "secrets" bytea not null, "changed_at" timestamptz not null, "changed_by" text not null, "version" int not null default 1, primary key ("id"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "extension_settings" cascade;`);
  }
}
