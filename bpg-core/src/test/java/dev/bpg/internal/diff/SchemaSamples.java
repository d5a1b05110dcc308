package dev.bpg.internal.diff;

import java.util.List;

/** At least one object of each type, what is made of them, and what is then said to differ. */
final class SchemaSamples {

  static final String MADE =
      """
      CREATE SCHEMA shop;
      CREATE EXTENSION pg_trgm SCHEMA shop VERSION '1.5';
      CREATE COLLATION shop.german (provider = icu, locale = 'de');
      CREATE DOMAIN shop.cents AS bigint DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
      CREATE TYPE shop.state AS ENUM ('open', 'paid');
      CREATE TYPE shop.place AS (street text, number int);
      CREATE TYPE shop.span AS RANGE (subtype = int);
      CREATE FUNCTION shop.twice(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * i';
      CREATE FUNCTION shop.plus(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
      CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE FUNCTION shop.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE FUNCTION shop.to_text(shop.place) RETURNS text LANGUAGE sql AS 'SELECT ''p''';
      CREATE PROCEDURE shop.clean() LANGUAGE sql AS 'SELECT 1';
      CREATE AGGREGATE shop.total(int) (SFUNC = shop.plus, STYPE = int, INITCOND = '0');
      CREATE OPERATOR shop.|+| (FUNCTION = shop.plus, LEFTARG = int, RIGHTARG = int);
      CREATE CAST (shop.place AS text) WITH FUNCTION shop.to_text(shop.place);
      CREATE FOREIGN DATA WRAPPER nowhere;
      CREATE SERVER far FOREIGN DATA WRAPPER nowhere OPTIONS (host 'a');
      CREATE FOREIGN TABLE shop.remote (id int) SERVER far OPTIONS (name 'x');
      CREATE TABLE shop.orders (
        id bigint GENERATED ALWAYS AS IDENTITY,
        state shop.state NOT NULL DEFAULT 'open',
        name varchar(20) COLLATE shop.german,
        "Total Cents" shop.cents,
        double_total bigint GENERATED ALWAYS AS ("Total Cents" * 2) STORED,
        PRIMARY KEY (id),
        CONSTRAINT named CHECK (name <> ''));
      CREATE INDEX by_name ON shop.orders (name) WHERE state = 'open';
      CREATE TRIGGER touched BEFORE UPDATE ON shop.orders
        FOR EACH ROW EXECUTE FUNCTION shop.touch();
      CREATE RULE quiet AS ON DELETE TO shop.orders DO INSTEAD NOTHING;
      CREATE POLICY own ON shop.orders FOR SELECT USING (id > 0);
      CREATE STATISTICS shop.together ON id, state FROM shop.orders;
      GRANT SELECT (name) ON shop.orders TO pg_monitor;
      CREATE TABLE shop.parts (at date PRIMARY KEY) PARTITION BY RANGE (at);
      CREATE TABLE shop.parts_2026 PARTITION OF shop.parts
        FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE TABLE shop."Odd "" name?" (id serial);
      CREATE VIEW shop.open AS SELECT id FROM shop.orders WHERE state = 'open';
      CREATE MATERIALIZED VIEW shop.counted AS SELECT count(*) FROM shop.orders;
      CREATE SEQUENCE shop.tickets;
      CREATE EVENT TRIGGER watched ON ddl_command_end EXECUTE FUNCTION shop.watch();
      CREATE PUBLICATION news FOR TABLE shop.orders;
      ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO pg_monitor;
      """;

  static final List<String> ADDED =
      List.of(
          "extension pg_trgm",
          "schema shop",
          "collation shop.german",
          "domain shop.cents",
          "enum shop.state",
          "type shop.place",
          "type shop.span",
          "function shop.twice(i integer)",
          "function shop.plus(a integer, b integer)",
          "function shop.touch()",
          "function shop.watch()",
          "function shop.to_text(shop.place)",
          "procedure shop.clean()",
          "aggregate shop.total(integer)",
          "operator shop.|+|(integer,integer)",
          "cast (shop.place AS text)",
          "foreign server far",
          "foreign table shop.remote",
          "table shop.orders",
          "table shop.parts",
          "table shop.parts_2026",
          "table shop.\"Odd \"\" name?\"",
          "view shop.open",
          "materialized view shop.counted",
          "sequence shop.tickets",
          "statistics shop.together",
          "event trigger watched",
          "publication news",
          "default privileges of postgres on tables in shop");

  static final String ORDERS =
      """
      CREATE TABLE shop.orders
      OWNER TO postgres
        CREATE SEQUENCE shop.orders_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE\
       9223372036854775807 CACHE 1
        OWNED BY shop.orders.id
        OWNER TO postgres
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL
        state shop.state DEFAULT 'open'::shop.state NOT NULL
        name character varying(20) COLLATE shop.german
        GRANT SELECT TO pg_monitor
        "Total Cents" shop.cents
        double_total bigint GENERATED ALWAYS AS ((("Total Cents")::bigint * 2)) STORED
        CONSTRAINT named CHECK (((name)::text <> ''::text))
        CONSTRAINT orders_pkey PRIMARY KEY (id)
        CREATE INDEX by_name ON shop.orders USING btree (name) WHERE (state = 'open'::shop.state)
        CREATE TRIGGER touched BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION\
       shop.touch()
        CREATE RULE quiet AS
            ON DELETE TO shop.orders DO INSTEAD NOTHING;
        CREATE POLICY own FOR SELECT TO PUBLIC USING ((id > 0))""";

  static final String CHANGES =
      """
      DROP EVENT TRIGGER watched;
      CREATE EVENT TRIGGER watched ON ddl_command_start EXECUTE FUNCTION shop.watch();
      ALTER EXTENSION pg_trgm UPDATE TO '1.6';
      COMMENT ON SCHEMA shop IS 'ours';
      COMMENT ON COLLATION shop.german IS 'de';
      ALTER DOMAIN shop.cents SET DEFAULT 1;
      ALTER TYPE shop.state ADD VALUE 'sent' BEFORE 'paid';
      ALTER TYPE shop.place ADD ATTRIBUTE city text;
      CREATE OR REPLACE FUNCTION shop.twice(i int) RETURNS int LANGUAGE sql IMMUTABLE
        AS 'SELECT i + i';
      REVOKE EXECUTE ON FUNCTION shop.touch() FROM PUBLIC;
      ALTER PROCEDURE shop.clean() SECURITY DEFINER;
      CREATE OR REPLACE AGGREGATE shop.total(int) (
        SFUNC = shop.plus, STYPE = int, INITCOND = '1');
      COMMENT ON OPERATOR shop.|+| (int, int) IS 'o';
      COMMENT ON CAST (shop.place AS text) IS 'p';
      ALTER SERVER far OPTIONS (SET host 'b');
      ALTER FOREIGN TABLE shop.remote OPTIONS (SET name 'y');
      ALTER FOREIGN TABLE shop.remote ADD note text;
      ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
      ALTER TABLE shop.orders ALTER id SET GENERATED BY DEFAULT;
      ALTER TABLE shop.orders ALTER state DROP NOT NULL;
      ALTER TABLE shop.orders ADD note text DEFAULT 'n';
      ALTER TABLE shop.orders DROP double_total;
      ALTER TABLE shop.orders DROP CONSTRAINT named, ADD CONSTRAINT named CHECK (name <> 'x');
      DROP INDEX shop.by_name;
      CREATE UNIQUE INDEX by_name ON shop.orders (name);
      ALTER TABLE shop.orders DISABLE TRIGGER touched;
      CREATE OR REPLACE RULE quiet AS ON DELETE TO shop.orders WHERE id = 1 DO INSTEAD NOTHING;
      ALTER POLICY own ON shop.orders USING (id > 1);
      COMMENT ON STATISTICS shop.together IS 's';
      ALTER TABLE shop."Odd "" name?" SET (fillfactor = 50);
      CREATE OR REPLACE VIEW shop.open AS SELECT id FROM shop.orders WHERE state <> 'paid';
      DROP MATERIALIZED VIEW shop.counted;
      CREATE MATERIALIZED VIEW shop.counted AS SELECT count(id) FROM shop.orders WITH NO DATA;
      ALTER SEQUENCE shop.tickets INCREMENT 5;
      ALTER PUBLICATION news ADD TABLE shop.parts;
      ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT INSERT ON TABLES TO pg_monitor;
      """;

  static final List<String> CHANGED =
      List.of(
          "~ extension pg_trgm",
          "~ schema shop",
          "~ collation shop.german",
          "~ domain shop.cents",
          "~ enum shop.state",
          "~ type shop.place",
          "~ function shop.twice(i integer)",
          "~ function shop.touch()",
          "~ procedure shop.clean()",
          "~ aggregate shop.total(integer)",
          "~ operator shop.|+|(integer,integer)",
          "~ cast (shop.place AS text)",
          "~ foreign server far",
          "~ foreign table shop.remote",
          "+ column shop.remote.note",
          "~ table shop.orders",
          "~ column shop.orders.id",
          "~ column shop.orders.state",
          "+ column shop.orders.note",
          "- column shop.orders.double_total",
          "~ constraint shop.orders.named",
          "~ index shop.orders.by_name",
          "~ trigger shop.orders.touched",
          "~ rule shop.orders.quiet",
          "~ policy shop.orders.own",
          "~ statistics shop.together",
          "~ table shop.\"Odd \"\" name?\"",
          "~ view shop.open",
          "~ materialized view shop.counted",
          "~ sequence shop.tickets",
          "~ event trigger watched",
          "~ publication news",
          "~ default privileges of postgres on tables in shop");

  private SchemaSamples() {}
}
