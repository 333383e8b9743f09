import { Migration } from '@mikro-orm/migrations';

export class Migration20261125090000_first extends Migration {
  override name = 'Migration20261125090000_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "admin" ("id" uuid not null, "username" text not null, "email" text not null, "first_name" text not null, "last_name" text not null, "password_hash" text not null, "theme" text not null default 'system', "rows_per_page" int null, "time_zone" text null, "disabled_at" timestamptz null, "auth_epoch" int not null default 1, "rights_epoch" int not null default 1, "last_seen_at" timestamptz null, "created_at" timestamptz not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create unique index "admin_username_unique" on "admin" (lower("username"));`);
    this.addSql(`create unique index "admin_email_unique" on "admin" (lower("email"));`);

    this.addSql(
      `create table "api_key" ("id" uuid not null, "name" text not null, "key_hash" bytea not null, "ends_in" text not null, "scopes" text[] not null, "owner_id" uuid not null, "created_at" timestamptz not null default now(), "expires_at" timestamptz not null, "revoked_at" timestamptz null, "last_used_at" timestamptz null, "last_used_from" text null, primary key ("id"));`,
    );
    this.addSql(`alter table "api_key" add constraint "api_key_key_hash_unique" unique ("key_hash");`);

    this.addSql(
      `create table "event" ("id" uuid not null, "type" text not null, "at" timestamptz not null, "stored_at" timestamptz not null default clock_timestamp(), "actor_kind" text not null, "actor_id" uuid null, "actor_name" text not null, "address" text null, "session_id" uuid null, "request_id" text null, "facts" jsonb not null, "client_id" text null, primary key ("id"));`,
    );
    this.addSql(`create index "event_type_at_index" on "event" ("type", "at");`);
    this.addSql(`create index "event_actor_id_index" on "event" ("actor_id");`);
    this.addSql(`alter table "event" add constraint "event_actor_id_client_id_unique" unique ("actor_id", "client_id");`);

    this.addSql(`create table "event_pending" ("id" uuid not null, primary key ("id"));`);

    this.addSql(
      `create table "event_seal" ("seq" bigint not null, "event_id" uuid not null, "previous_hash" bytea not null, "hash" bytea not null, "sealed_at" timestamptz not null default now(), primary key ("seq"));`,
    );
    this.addSql(`alter table "event_seal" add constraint "event_seal_event_id_unique" unique ("event_id");`);

    this.addSql(
      `create table "invitation" ("id" uuid not null, "email" text not null, "username" text null, "note" text null, "invited_by_id" uuid not null, "state" text not null default 'pending', "nonce" bytea not null, "token_hash" bytea not null, "created_at" timestamptz not null default now(), "sent_at" timestamptz not null default now(), "expires_at" timestamptz not null, "opened_at" timestamptz null, "ended_at" timestamptz null, "asked_at" timestamptz null, "accepted_by_id" uuid null, "resends" int not null default 0, "resends_since" timestamptz null, "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`alter table "invitation" add constraint "invitation_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "invitation_state_expires_at_index" on "invitation" ("state", "expires_at");`);
    this.addSql(`create unique index "invitation_open_email_unique" on "invitation" (lower("email")) where "state" = 'pending';`);

    this.addSql(
      `create table "invitation_old_link" ("token_hash" bytea not null, "invitation_id" uuid not null, "asked_at" timestamptz null, primary key ("token_hash"));`,
    );

    this.addSql(
      `create table "organisation" ("id" int not null, "name" text not null, "time_zone" text not null, "rows_per_page" int not null default 50, "password_minimum" int not null default 12, "show_pages" boolean not null default true, "setup_nonce" bytea not null, "set_up_at" timestamptz null, "changed_at" timestamptz null, "changed_by" text null, "version" int not null default 1, primary key ("id"));`,
    );

    this.addSql(
      `create table "provider_activation" ("id" text not null, "settings" jsonb not null, "secrets" bytea not null, "activated_by_id" uuid not null, "active_since" timestamptz not null default now(), "paused_at" timestamptz null, "paused_because" text null, "last_success_at" timestamptz null, "last_failure_at" timestamptz null, "last_failure" text null, "held_until" timestamptz null, primary key ("id"));`,
    );

    this.addSql(
      `create table "role" ("id" uuid not null, "name" text not null, "description" text not null, "superadmin" boolean not null default false, "permissions" text[] not null, "created_at" timestamptz not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create unique index "role_name_unique" on "role" (lower("name"));`);

    this.addSql(
      `create table "invitation_roles" ("invitation_id" uuid not null, "role_id" uuid not null, primary key ("invitation_id", "role_id"));`,
    );

    this.addSql(`create table "admin_roles" ("admin_id" uuid not null, "role_id" uuid not null, primary key ("admin_id", "role_id"));`);

    this.addSql(
      `create table "rule" ("id" uuid not null, "name" text not null, "enabled" boolean not null, "events" text[] not null, "match" text not null, "conditions" jsonb not null, "provider" text not null, "target" jsonb not null, "target_label" text not null, "text" text null, "owner_id" uuid not null, "created_at" timestamptz not null default now(), "changed_at" timestamptz not null default now(), "deleted_at" timestamptz null, "version" int not null default 1, primary key ("id"));`,
    );

    this.addSql(
      `create table "delivery" ("id" uuid not null, "event_id" uuid not null, "rule_id" uuid null, "mail" text null, "provider" text not null, "target" jsonb not null, "target_key" text not null, "target_label" text not null, "about" text not null, "text" text null, "test" boolean not null default false, "state" text not null default 'queued', "reason" text null, "tries" int not null default 0, "next_try_at" timestamptz not null default now(), "lease" uuid null, "lease_until" timestamptz null, "created_at" timestamptz not null default now(), "finished_at" timestamptz null, "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(`create index "delivery_created_at_index" on "delivery" ("created_at");`);
    this.addSql(`create index "delivery_state_next_try_at_index" on "delivery" ("state", "next_try_at");`);
    this.addSql(`create index "delivery_rule_id_created_at_index" on "delivery" ("rule_id", "created_at");`);
    this.addSql(`create unique index "delivery_once" on "delivery" ("event_id", "rule_id", "provider", "target_key") nulls not distinct;`);

    this.addSql(
      `create table "attempt" ("id" uuid not null, "delivery_id" uuid not null, "number" int not null, "started_at" timestamptz not null default now(), "duration_ms" int null, "outcome" text null, "answer" text null, primary key ("id"));`,
    );
    this.addSql(`create index "attempt_delivery_id_number_index" on "attempt" ("delivery_id", "number");`);

    this.addSql(
      `create table "session" ("id" uuid not null, "admin_id" uuid not null, "token_hash" bytea not null, "created_at" timestamptz not null default now(), "last_seen_at" timestamptz not null default now(), "expires_at" timestamptz not null, "idle_seconds" int not null, "kept" boolean not null, "auth_epoch" int not null, "user_agent" text not null, "address" text not null, "ended_at" timestamptz null, "ended_because" text null, primary key ("id"));`,
    );
    this.addSql(`alter table "session" add constraint "session_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "session_admin_id_index" on "session" ("admin_id");`);

    this.addSql(`alter table "admin" add constraint "admin_theme_check" check ("theme" in ('system', 'light', 'dark'));`);

    this.addSql(`alter table "api_key" add constraint "api_key_owner_id_foreign" foreign key ("owner_id") references "admin" ("id");`);

    this.addSql(
      `alter table "event" add constraint "event_actor_kind_check" check ("actor_kind" in ('admin', 'key', 'system', 'anonymous'));`,
    );
    this.addSql(
      `create or replace function "event_event_pending_fn"() returns trigger as \$\$ begin insert into event_pending (id) values (new.id); return null; end; \$\$ language plpgsql;`,
    );
    this.addSql(`create trigger "event_pending" AFTER INSERT on "event" for each ROW execute function "event_event_pending_fn"();`);
    this.addSql(
      `create or replace function "event_event_wake_fn"() returns trigger as \$\$ begin perform pg_notify('event', ''); return null; end; \$\$ language plpgsql;`,
    );
    this.addSql(`create trigger "event_wake" AFTER INSERT on "event" for each STATEMENT execute function "event_event_wake_fn"();`);
    this.addSql(
      `create or replace function "event_event_append_only_fn"() returns trigger as \$\$ begin if current_setting('quarterdeck.maintenance', true) is distinct from 'on' then raise exception 'events are append-only'; end if; return null; end; \$\$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE on "event" for each STATEMENT execute function "event_event_append_only_fn"();`,
    );

    this.addSql(
      `alter table "event_seal" add constraint "event_seal_event_id_foreign" foreign key ("event_id") references "event" ("id");`,
    );
    this.addSql(
      `create or replace function "event_seal_event_seal_append_only_fn"() returns trigger as \$\$ begin if current_setting('quarterdeck.maintenance', true) is distinct from 'on' then raise exception 'events are append-only'; end if; return null; end; \$\$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "event_seal_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE on "event_seal" for each STATEMENT execute function "event_seal_event_seal_append_only_fn"();`,
    );

    this.addSql(
      `alter table "invitation" add constraint "invitation_invited_by_id_foreign" foreign key ("invited_by_id") references "admin" ("id");`,
    );
    this.addSql(
      `alter table "invitation" add constraint "invitation_accepted_by_id_foreign" foreign key ("accepted_by_id") references "admin" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "invitation" add constraint "invitation_state_check" check ("state" in ('pending', 'accepted', 'expired', 'revoked'));`,
    );

    this.addSql(
      `alter table "invitation_old_link" add constraint "invitation_old_link_invitation_id_foreign" foreign key ("invitation_id") references "invitation" ("id") on delete cascade;`,
    );

    this.addSql(`alter table "organisation" add constraint "organisation_id_check" check (id = 1);`);

    this.addSql(
      `alter table "provider_activation" add constraint "provider_activation_activated_by_id_foreign" foreign key ("activated_by_id") references "admin" ("id");`,
    );

    this.addSql(
      `alter table "invitation_roles" add constraint "invitation_roles_invitation_id_foreign" foreign key ("invitation_id") references "invitation" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "invitation_roles" add constraint "invitation_roles_role_id_foreign" foreign key ("role_id") references "role" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "admin_roles" add constraint "admin_roles_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "admin_roles" add constraint "admin_roles_role_id_foreign" foreign key ("role_id") references "role" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(`alter table "rule" add constraint "rule_owner_id_foreign" foreign key ("owner_id") references "admin" ("id");`);
    this.addSql(`alter table "rule" add constraint "rule_match_check" check ("match" in ('all', 'any'));`);

    this.addSql(`alter table "delivery" add constraint "delivery_event_id_foreign" foreign key ("event_id") references "event" ("id");`);
    this.addSql(
      `alter table "delivery" add constraint "delivery_rule_id_foreign" foreign key ("rule_id") references "rule" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "delivery" add constraint "delivery_state_check" check ("state" in ('queued', 'sending', 'sent', 'retrying', 'failed', 'suppressed'));`,
    );

    this.addSql(
      `alter table "attempt" add constraint "attempt_delivery_id_foreign" foreign key ("delivery_id") references "delivery" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "attempt" add constraint "attempt_outcome_check" check ("outcome" in ('sent', 'retry', 'failed', 'suppressed', 'lost'));`,
    );

    this.addSql(
      `alter table "session" add constraint "session_admin_id_foreign" foreign key ("admin_id") references "admin" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "api_key" drop constraint "api_key_owner_id_foreign";`);
    this.addSql(`alter table "invitation" drop constraint "invitation_invited_by_id_foreign";`);
    this.addSql(`alter table "invitation" drop constraint "invitation_accepted_by_id_foreign";`);
    this.addSql(`alter table "provider_activation" drop constraint "provider_activation_activated_by_id_foreign";`);
    this.addSql(`alter table "admin_roles" drop constraint "admin_roles_admin_id_foreign";`);
    this.addSql(`alter table "rule" drop constraint "rule_owner_id_foreign";`);
    this.addSql(`alter table "session" drop constraint "session_admin_id_foreign";`);
    this.addSql(`alter table "event_seal" drop constraint "event_seal_event_id_foreign";`);
    this.addSql(`alter table "delivery" drop constraint "delivery_event_id_foreign";`);
    this.addSql(`alter table "invitation_old_link" drop constraint "invitation_old_link_invitation_id_foreign";`);
    this.addSql(`alter table "invitation_roles" drop constraint "invitation_roles_invitation_id_foreign";`);
    this.addSql(`alter table "invitation_roles" drop constraint "invitation_roles_role_id_foreign";`);
    this.addSql(`alter table "admin_roles" drop constraint "admin_roles_role_id_foreign";`);
    this.addSql(`alter table "delivery" drop constraint "delivery_rule_id_foreign";`);
    this.addSql(`alter table "attempt" drop constraint "attempt_delivery_id_foreign";`);

    this.addSql(`drop table if exists "admin" cascade;`);
    this.addSql(`drop table if exists "api_key" cascade;`);
    this.addSql(`drop trigger if exists "event_pending" on "event";`);
    this.addSql(`drop function if exists "event_event_pending_fn"();`);
    this.addSql(`drop trigger if exists "event_wake" on "event";`);
    this.addSql(`drop function if exists "event_event_wake_fn"();`);
    this.addSql(`drop trigger if exists "event_append_only" on "event";`);
    this.addSql(`drop function if exists "event_event_append_only_fn"();`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "event_pending" cascade;`);
    this.addSql(`drop trigger if exists "event_seal_append_only" on "event_seal";`);
    this.addSql(`drop function if exists "event_seal_event_seal_append_only_fn"();`);
    this.addSql(`drop table if exists "event_seal" cascade;`);
    this.addSql(`drop table if exists "invitation" cascade;`);
    this.addSql(`drop table if exists "invitation_old_link" cascade;`);
    this.addSql(`drop table if exists "organisation" cascade;`);
    this.addSql(`drop table if exists "provider_activation" cascade;`);
    this.addSql(`drop table if exists "role" cascade;`);
    this.addSql(`drop table if exists "invitation_roles" cascade;`);
    this.addSql(`drop table if exists "admin_roles" cascade;`);
    this.addSql(`drop table if exists "rule" cascade;`);
    this.addSql(`drop table if exists "delivery" cascade;`);
    this.addSql(`drop table if exists "attempt" cascade;`);
    this.addSql(`drop table if exists "session" cascade;`);
  }
}
