import { Migration } from '@mikro-orm/migrations';

export class Migration20261125195541_organisation_language extends Migration {
  override name = 'Migration20261125195541_organisation_language';

  override up(): void | Promise<void> {
    this.addSql(`alter table "organisation" add "language" text not null default 'en';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "organisation" drop column "language";`);
  }
}
