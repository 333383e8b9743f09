import { Migration } from '@mikro-orm/migrations';

export class Migration20261125125904_second_factor_pending extends Migration {
  override name = 'Migration20261125125904_second_factor_pending';

  override up(): void | Promise<void> {
    this.addSql(`alter table "totp" add "pending" bytea null;`);
    this.addSql(`alter table "totp" alter column "secret" drop not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "totp" drop column "pending";`);
    this.addSql(`alter table "totp" alter column "secret" set not null;`);
  }
}
