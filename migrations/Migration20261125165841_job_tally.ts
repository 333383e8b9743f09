import { Migration } from '@mikro-orm/migrations';

export class Migration20261125165841_job_tally extends Migration {
  override name = 'Migration20261125165841_job_tally';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "job_tally" ("quarter" timestamptz not null, "job" text not null, "runs" int not null, "failed" int not null, "busy_ms" bigint not null, "last_at" timestamptz not null, primary key ("quarter", "job"));`,
    );

    this.addSql(`create index "delivery_finished" on "delivery" ("finished_at") include ("provider", "state", "test", "due_at");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "job_tally" cascade;`);

    this.addSql(`drop index "delivery_finished";`);
  }
}
