import { Migration } from '@mikro-orm/migrations';

export class Migration20261125125835_invitations extends Migration {
  override name = 'Migration20261125125835_invitations';

  override up(): void | Promise<void> {
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_department_id_foreign";`);
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_invitation_id_foreign";`);

    this.addSql(`alter table "admin" add "getting_started" boolean not null default false;`);

    this.addSql(`alter table "invitation" add "name" text null, add "edited_at" timestamptz null;`);

    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_pkey";`);
    this.addSql(`alter table "invitation_department" add "id" uuid not null, add "name" text not null;`);
    this.addSql(`alter table "invitation_department" alter column "department_id" drop not null;`);
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_department_id_foreign" foreign key ("department_id") references "department" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_invitation_id_foreign" foreign key ("invitation_id") references "invitation" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_invitation_id_department_id_unique" unique ("invitation_id", "department_id");`,
    );
    this.addSql(`alter table "invitation_department" add primary key ("id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_invitation_id_foreign";`);
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_department_id_foreign";`);

    this.addSql(`alter table "admin" drop column "getting_started";`);

    this.addSql(`alter table "invitation" drop column "name", drop column "edited_at";`);

    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_invitation_id_department_id_unique";`);
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_pkey";`);
    this.addSql(`alter table "invitation_department" drop column "id", drop column "name";`);
    this.addSql(`alter table "invitation_department" alter column "department_id" set not null;`);
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_invitation_id_foreign" foreign key ("invitation_id") references "invitation" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_department_id_foreign" foreign key ("department_id") references "department" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(`alter table "invitation_department" add primary key ("invitation_id", "department_id");`);
  }
}
