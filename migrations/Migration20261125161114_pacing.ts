import { Migration } from '@mikro-orm/migrations';

export class Migration20261125161114_pacing extends Migration {
  override name = 'Migration20261125161114_pacing';

  override up(): void | Promise<void> {
    this.addSql(`alter table "rule" add "pacing" jsonb not null default '{"quiet":null,"throttle":null,"digest":null}';`);

    this.addSql(
      `alter table "delivery" add "due_at" timestamptz null default now(), add "collects" text null, add "told_by_id" uuid null;`,
    );
    this.addSql(
      `alter table "delivery" add constraint "delivery_told_by_id_foreign" foreign key ("told_by_id") references "delivery" ("id") on delete set null;`,
    );
    this.addSql(`create index "delivery_rule_id_due_at_index" on "delivery" ("rule_id", "due_at");`);
    this.addSql(`create index "delivery_told_by_id_index" on "delivery" ("told_by_id");`);
    this.addSql(`alter table "delivery" add constraint "delivery_collects_check" check ("collects" in ('summary', 'digest'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "delivery" drop constraint "delivery_told_by_id_foreign";`);

    this.addSql(`drop index "delivery_rule_id_due_at_index";`);
    this.addSql(`drop index "delivery_told_by_id_index";`);
    this.addSql(`alter table "delivery" drop constraint "delivery_collects_check";`);
    this.addSql(`alter table "delivery" drop column "due_at", drop column "collects", drop column "told_by_id";`);

    this.addSql(`alter table "rule" drop column "pacing";`);
  }
}
