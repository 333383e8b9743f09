import { Migration } from '@mikro-orm/migrations';

export class Migration20261125125738_rights_changed_by extends Migration {
  override name = 'Migration20261125125738_rights_changed_by';

  override up(): void | Promise<void> {
    this.addSql(`alter table "admin" add "rights_changed_by" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "admin" drop column "rights_changed_by";`);
  }
}
