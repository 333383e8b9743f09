import { Migration } from '@mikro-orm/migrations';

export class Migration20261125230642_rule_targets extends Migration {
  override name = 'Migration20261125230642_rule_targets';

  override up(): void | Promise<void> {
    this.addSql(`alter table "rule" rename column "target" to "targets";`);
    this.addSql(
      `update "rule" set "targets" = jsonb_build_array(jsonb_build_object('provider', "provider", 'target', "targets", 'label', "target_label"));`,
    );
    this.addSql(`alter table "rule" drop column "provider", drop column "target_label";`);

    this.addSql(`drop index "delivery_rule_id_due_at_index";`);
    this.addSql(
      `create index "delivery_pace" on "delivery" ("rule_id", "provider", "target_key", "due_at") where "due_at" is not null and "rule_id" is not null;`,
    );
  }

  /** A rule had one target then: the first stays. */
  override down(): void | Promise<void> {
    this.addSql(`drop index "delivery_pace";`);
    this.addSql(`create index "delivery_rule_id_due_at_index" on "delivery" ("rule_id", "due_at");`);

    this.addSql(`alter table "rule" add "provider" text null, add "target_label" text null;`);
    this.addSql(
      `update "rule" set "provider" = "targets"->0->>'provider', "target_label" = "targets"->0->>'label', "targets" = "targets"->0->'target';`,
    );
    this.addSql(`alter table "rule" alter column "provider" set not null, alter column "target_label" set not null;`);
    this.addSql(`alter table "rule" rename column "targets" to "target";`);
  }
}
