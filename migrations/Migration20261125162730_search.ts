import { Migration } from '@mikro-orm/migrations';

export class Migration20261125162730_search extends Migration {
  override name = 'Migration20261125162730_search';

  override up(): void | Promise<void> {
    // a database whose operator may not add the extension is searched row by row instead
    this.addSql(`do $$ begin
      create extension if not exists pg_trgm;
      create index "event_searched" on "event" using gin (("actor_name" || ' ' || "type" || ' ' || "facts"::text) gin_trgm_ops);
    exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object or invalid_parameter_value then
      raise notice 'The activity log is searched without an index, since pg_trgm is not there: %', sqlerrm;
    end $$;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index if exists "event_searched";`);
  }
}
