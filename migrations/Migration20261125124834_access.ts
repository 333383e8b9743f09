import { Migration } from '@mikro-orm/migrations';

export class Migration20261125124834_access extends Migration {
  override name = 'Migration20261125124834_access';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "avatar" ("admin_id" uuid not null, "picture" bytea not null, "hash" text not null, "uploaded_at" timestamptz not null default now(), primary key ("admin_id"));`,
    );

    this.addSql(
      `create table "department" ("id" uuid not null, "name" text not null, "description" text not null default '', "position" int not null default 0, "created_at" timestamptz not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create unique index "department_name_unique" on "department" (lower("name"));`);

    this.addSql(
      `create table "department_member" ("department_id" uuid not null, "admin_id" uuid not null, "ticket_notifications" boolean not null default true, primary key ("department_id", "admin_id"));`,
    );
    this.addSql(`create index "department_member_admin_id_index" on "department_member" ("admin_id");`);

    this.addSql(
      `create table "gravatar" ("email_hash" text not null, "picture" bytea null, "hash" text null, "fetched_at" timestamptz not null default now(), primary key ("email_hash"));`,
    );

    this.addSql(
      `create table "invitation_department" ("invitation_id" uuid not null, "department_id" uuid not null, "ticket_notifications" boolean not null default true, primary key ("invitation_id", "department_id"));`,
    );

    this.addSql(
      `create table "passkey" ("id" uuid not null, "admin_id" uuid not null, "credential_id" text not null, "public_key" bytea not null, "counter" bigint not null default '0', "transports" text[] not null, "name" text not null, "created_at" timestamptz not null default now(), "last_used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "passkey" add constraint "passkey_credential_id_unique" unique ("credential_id");`);
    this.addSql(`create index "passkey_admin_id_index" on "passkey" ("admin_id");`);

    this.addSql(
      `create table "passkey_challenge" ("id" uuid not null, "challenge" text not null, "session_id" uuid null, "purpose" text not null, "expires_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`alter table "passkey_challenge" add constraint "passkey_challenge_challenge_unique" unique ("challenge");`);

    this.addSql(
      `create table "password_reset" ("id" uuid not null, "admin_id" uuid not null, "nonce" bytea not null, "token_hash" bytea not null, "created_at" timestamptz not null default now(), "expires_at" timestamptz not null, "used_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "password_reset" add constraint "password_reset_token_hash_unique" unique ("token_hash");`);
    this.addSql(
      `create unique index "password_reset_open_unique" on "password_reset" ("admin_id") where "used_at" is null and "revoked_at" is null;`,
    );

    this.addSql(
      `create table "recovery_code" ("id" uuid not null, "admin_id" uuid not null, "code_hash" bytea not null, "created_at" timestamptz not null default now(), "used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "recovery_code" add constraint "recovery_code_code_hash_unique" unique ("code_hash");`);
    this.addSql(`create index "recovery_code_admin_id_index" on "recovery_code" ("admin_id");`);

    this.addSql(
      `create table "totp" ("admin_id" uuid not null, "secret" bytea not null, "confirmed_at" timestamptz null, "last_step" bigint not null default '0', "created_at" timestamptz not null default now(), primary key ("admin_id"));`,
    );

    this.addSql(
      `alter table "admin" add "must_change_password" boolean not null default false, add "second_factor_asked_at" timestamptz null, add "signature" text not null default '', add "private_notes" text not null default '', add "language" text null, add "avatar_source" text not null default 'gravatar', add "message_types_off" text[] not null default '{}', add "density" text not null default 'comfortable', add "shortcuts" boolean not null default true, add "disabled_by" text null;`,
    );
    this.addSql(
      `alter table "admin" add constraint "admin_avatar_source_check" check ("avatar_source" in ('gravatar', 'upload', 'initials'));`,
    );
    this.addSql(`alter table "admin" add constraint "admin_density_check" check ("density" in ('comfortable', 'compact'));`);

    this.addSql(`alter table "invitation" add "reminded_at" timestamptz null;`);

    this.addSql(`alter table "organisation" add "gravatar" boolean not null default true, add "sign_in_notice" text not null default '';`);

    this.addSql(
      `alter table "role" add "message_types" text[] not null default '{}', add "second_factor_demanded" boolean not null default false, add "second_factor_grace_days" int not null default 7, add "keep_signed_in" boolean not null default true, add "changed_at" timestamptz null, add "changed_by" text null;`,
    );

    this.addSql(`alter table "session" add "level" text not null default 'full', add "confirmed_at" timestamptz not null default now();`);
    this.addSql(`alter table "session" add constraint "session_level_check" check ("level" in ('password', 'full'));`);

    this.addSql(
      `alter table "avatar" add constraint "avatar_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "department_member" add constraint "department_member_department_id_foreign" foreign key ("department_id") references "department" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "department_member" add constraint "department_member_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_invitation_id_foreign" foreign key ("invitation_id") references "invitation" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "invitation_department" add constraint "invitation_department_department_id_foreign" foreign key ("department_id") references "department" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "passkey" add constraint "passkey_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "passkey_challenge" add constraint "passkey_challenge_purpose_check" check ("purpose" in ('enrol', 'sign-in', 'confirm'));`,
    );

    this.addSql(
      `alter table "password_reset" add constraint "password_reset_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "recovery_code" add constraint "recovery_code_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "totp" add constraint "totp_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "department_member" drop constraint "department_member_department_id_foreign";`);
    this.addSql(`alter table "invitation_department" drop constraint "invitation_department_department_id_foreign";`);

    this.addSql(`drop table if exists "avatar" cascade;`);
    this.addSql(`drop table if exists "department" cascade;`);
    this.addSql(`drop table if exists "department_member" cascade;`);
    this.addSql(`drop table if exists "gravatar" cascade;`);
    this.addSql(`drop table if exists "invitation_department" cascade;`);
    this.addSql(`drop table if exists "passkey" cascade;`);
    this.addSql(`drop table if exists "passkey_challenge" cascade;`);
    this.addSql(`drop table if exists "password_reset" cascade;`);
    this.addSql(`drop table if exists "recovery_code" cascade;`);
    this.addSql(`drop table if exists "totp" cascade;`);

    this.addSql(`alter table "admin" drop constraint "admin_avatar_source_check";`);
    this.addSql(`alter table "admin" drop constraint "admin_density_check";`);
    this.addSql(
      `alter table "admin" drop column "must_change_password", drop column "second_factor_asked_at", drop column "signature", drop column "private_notes", drop column "language", drop column "avatar_source", drop column "message_types_off", drop column "density", drop column "shortcuts", drop column "disabled_by";`,
    );

    this.addSql(`alter table "invitation" drop column "reminded_at";`);

    this.addSql(`alter table "organisation" drop column "gravatar", drop column "sign_in_notice";`);

    this.addSql(
      `alter table "role" drop column "message_types", drop column "second_factor_demanded", drop column "second_factor_grace_days", drop column "keep_signed_in", drop column "changed_at", drop column "changed_by";`,
    );

    this.addSql(`alter table "session" drop constraint "session_level_check";`);
    this.addSql(`alter table "session" drop column "level", drop column "confirmed_at";`);
  }
}
