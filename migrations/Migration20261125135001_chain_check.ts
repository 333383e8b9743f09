import { Migration } from '@mikro-orm/migrations';

export class Migration20261125135001_chain_check extends Migration {
  override name = 'Migration20261125135001_chain_check';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "chain_check" ("id" int not null, "seq" bigint not null, "hash" bytea not null, "checked_at" timestamptz not null, "whole_at" timestamptz null, "broken_seq" bigint null, "broken_event" uuid null, "broken_because" text null, primary key ("id"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "chain_check" cascade;`);
  }
}
