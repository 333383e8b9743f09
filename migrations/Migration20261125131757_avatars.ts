import { Migration } from '@mikro-orm/migrations';

export class Migration20261125131757_avatars extends Migration {
  override name = 'Migration20261125131757_avatars';

  override up(): void | Promise<void> {
    this.addSql(`alter table "admin" add "avatar" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "admin" drop column "avatar";`);
  }
}
