import { Migration } from '@mikro-orm/migrations';

export class Migration20261125163636_projections extends Migration {
  override name = 'Migration20261125163636_projections';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "projected_client" ("client" text not null, "name" text null, "deed" text null, "thing" text null, "deed_at" timestamptz null, "closed" boolean not null default false, "heard" jsonb not null, primary key ("client"));`,
    );
    this.addSql(`create index "projected_client_deed_at_index" on "projected_client" ("deed_at");`);

    this.addSql(
      `create table "projected_invoice" ("invoice" text not null, "state" text not null, "client" text null, "currency" text null, "amount" numeric null, "due" timestamptz null, "heard" jsonb not null, primary key ("invoice"));`,
    );
    this.addSql(
      `create index "projected_invoice_open" on "projected_invoice" ("due") include ("currency", "amount", "state") where "state" in ('created', 'overdue');`,
    );

    this.addSql(
      `create table "projected_order" ("order" text not null, "state" text not null, "state_at" timestamptz not null, "placed_at" timestamptz null, "client" text null, "currency" text not null, "amount" numeric not null, "heard" jsonb not null, primary key ("order"));`,
    );
    this.addSql(`create index "projected_order_state_state_at_index" on "projected_order" ("state", "state_at");`);
    this.addSql(`create index "projected_order_placed_at_index" on "projected_order" ("placed_at");`);

    this.addSql(
      `create table "projected_payment" ("event" uuid not null, "at" timestamptz not null, "currency" text not null, "amount" numeric not null, "refund" boolean not null, "invoice" text not null, primary key ("event"));`,
    );
    this.addSql(`create index "projected_payment_sums" on "projected_payment" ("at") include ("currency", "refund", "amount");`);

    this.addSql(
      `create table "projected_ticket" ("ticket" text not null, "subject" text null, "department" text null, "client" text null, "open" boolean not null default true, "awaiting_since" timestamptz null, "heard" jsonb not null, primary key ("ticket"));`,
    );
    this.addSql(`create index "projected_ticket_open" on "projected_ticket" ("department", "awaiting_since") where "open";`);

    this.addSql(
      `create table "projected_ticket_word" ("event" uuid not null, "ticket" text not null, "at" timestamptz not null, "verb" text not null, "answers" boolean not null, primary key ("event"));`,
    );
    this.addSql(
      `create index "projected_ticket_word_ticket_answers_at_event_index" on "projected_ticket_word" ("ticket", "answers", "at", "event");`,
    );
    this.addSql(`create index "projected_ticket_word_verb_at_index" on "projected_ticket_word" ("verb", "at");`);

    this.addSql(
      `create table "projection_state" ("id" int not null, "seq" bigint not null, "shape" int not null, "rebuilt_at" timestamptz not null, primary key ("id"));`,
    );

    this.addSql(
      `alter table "projected_invoice" add constraint "projected_invoice_state_check" check ("state" in ('created', 'paid', 'refunded', 'overdue', 'cancelled'));`,
    );

    this.addSql(
      `alter table "projected_order" add constraint "projected_order_state_check" check ("state" in ('placed', 'accepted', 'cancelled', 'marked-as-fraud'));`,
    );

    this.addSql(
      `alter table "projected_ticket_word" add constraint "projected_ticket_word_verb_check" check ("verb" in ('opened', 'replied', 'closed'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "projected_client" cascade;`);
    this.addSql(`drop table if exists "projected_invoice" cascade;`);
    this.addSql(`drop table if exists "projected_order" cascade;`);
    this.addSql(`drop table if exists "projected_payment" cascade;`);
    this.addSql(`drop table if exists "projected_ticket" cascade;`);
    this.addSql(`drop table if exists "projected_ticket_word" cascade;`);
    this.addSql(`drop table if exists "projection_state" cascade;`);
  }
}
