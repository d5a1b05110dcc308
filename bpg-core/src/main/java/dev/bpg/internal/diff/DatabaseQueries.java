package dev.bpg.internal.diff;

import static dev.bpg.internal.diff.Fragments.comment;
import static dev.bpg.internal.diff.Fragments.inSchema;
import static dev.bpg.internal.diff.Fragments.notOfExtension;
import static dev.bpg.internal.diff.Fragments.owner;
import static dev.bpg.internal.diff.Fragments.tail;

import dev.bpg.diff.ObjectType;
import java.util.ArrayList;
import java.util.List;

/** Reads what belongs to one database. */
final class DatabaseQueries {

  private static final String EXTENSIONS =
      """
      SELECT '', pg_catalog.quote_ident(e.extname),
        pg_catalog.format('CREATE EXTENSION %I SCHEMA %I VERSION %L',
          e.extname, n.nspname, e.extversion)
      FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      """;

  private static final String SCHEMAS =
      """
      SELECT '', pg_catalog.quote_ident(n.nspname), pg_catalog.concat_ws(E'\\n',
        'CREATE SCHEMA ' || pg_catalog.quote_ident(n.nspname), %s)
      FROM pg_catalog.pg_namespace n WHERE %s AND %s
      """
          .formatted(
              tail("pg_namespace", "n", "nsp", 'n'),
              Fragments.USER_SCHEMA,
              notOfExtension("pg_namespace", "n.oid"));

  private static final String SERVERS =
      """
      SELECT '', pg_catalog.quote_ident(s.srvname), pg_catalog.concat_ws(E'\\n',
        pg_catalog.format('CREATE SERVER %%I FOREIGN DATA WRAPPER %%I', s.srvname, w.fdwname),
        'OPTIONS (' || pg_catalog.array_to_string(s.srvoptions, ', ') || ')', %s)
      FROM pg_catalog.pg_foreign_server s
      JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE %s
      """
          .formatted(
              tail("pg_foreign_server", "s", "srv", 'S'),
              notOfExtension("pg_foreign_server", "s.oid"));

  private static final String EVENT_TRIGGERS =
      """
      SELECT '', pg_catalog.quote_ident(t.evtname), pg_catalog.concat_ws(E'\\n',
        pg_catalog.format('CREATE EVENT TRIGGER %%I ON %%s %%s EXECUTE FUNCTION %%s',
          t.evtname, t.evtevent, 'WHEN TAG IN (' || pg_catalog.array_to_string(t.evttags, ', ')
          || ')', t.evtfoid::regprocedure),
        CASE t.evtenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLE REPLICA'
          WHEN 'A' THEN 'ENABLE ALWAYS' END, %s, %s)
      FROM pg_catalog.pg_event_trigger t WHERE %s
      """
          .formatted(
              owner("t.evtowner"),
              comment("pg_event_trigger", "t.oid"),
              notOfExtension("pg_event_trigger", "t.oid"));

  private static final String PUBLICATIONS =
      """
      SELECT '', pg_catalog.quote_ident(p.pubname), pg_catalog.concat_ws(E'\\n',
        pg_catalog.concat_ws(' ', 'CREATE PUBLICATION ' || pg_catalog.quote_ident(p.pubname),
          CASE WHEN p.puballtables THEN 'FOR ALL TABLES' END,
          CASE WHEN p.pubinsert THEN 'INSERT' END, CASE WHEN p.pubupdate THEN 'UPDATE' END,
          CASE WHEN p.pubdelete THEN 'DELETE' END, CASE WHEN p.pubtruncate THEN 'TRUNCATE' END,
          CASE WHEN p.pubviaroot THEN 'VIA ROOT' END),
        CASE WHEN NOT p.puballtables THEN (
          SELECT pg_catalog.string_agg(
            pg_catalog.format('TABLE %%I.%%I', t.schemaname, t.tablename), E'\\n'
            ORDER BY t.schemaname, t.tablename)
          FROM pg_catalog.pg_publication_tables t WHERE t.pubname = p.pubname) END,
        %s, %s)
      FROM pg_catalog.pg_publication p WHERE %s
      """
          .formatted(
              owner("p.pubowner"),
              comment("pg_publication", "p.oid"),
              notOfExtension("pg_publication", "p.oid"));

  private static final String DEFAULT_PRIVILEGES =
      """
      SELECT '', pg_catalog.concat_ws(' ', 'of',
          pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(d.defaclrole)),
          'on', CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
            WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas'
            ELSE d.defaclobjtype::text END,
          'in ' || pg_catalog.quote_ident(n.nspname)),
        pg_catalog.array_to_string(ARRAY(SELECT a::text FROM pg_catalog.unnest(d.defaclacl) a
          ORDER BY a::text COLLATE "C"), E'\\n')
      FROM pg_catalog.pg_default_acl d
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
      """;

  private static final String STATISTICS =
      "pg_catalog.pg_get_statisticsobjdef(o.oid), "
          + owner("o.stxowner")
          + ", "
          + comment("pg_statistic_ext", "o.oid");

  /** All of them. */
  static final List<CatalogQuery> ALL = all();

  private DatabaseQueries() {}

  private static List<CatalogQuery> all() {
    List<CatalogQuery> all = new ArrayList<>();
    all.add(new CatalogQuery(ObjectType.EXTENSION, EXTENSIONS));
    all.add(new CatalogQuery(ObjectType.SCHEMA, SCHEMAS));
    all.addAll(TypeQueries.ALL);
    all.addAll(RoutineQueries.ALL);
    all.add(new CatalogQuery(ObjectType.FOREIGN_SERVER, SERVERS));
    all.addAll(RelationQueries.ALL);
    all.addAll(TablePartQueries.ALL);
    all.add(
        new CatalogQuery(
            ObjectType.STATISTICS,
            inSchema(
                "pg_statistic_ext",
                "stx",
                "pg_catalog.format('%I.%I', n.nspname, o.stxname)",
                STATISTICS,
                "true")));
    all.add(new CatalogQuery(ObjectType.EVENT_TRIGGER, EVENT_TRIGGERS));
    all.add(new CatalogQuery(ObjectType.PUBLICATION, PUBLICATIONS));
    all.add(new CatalogQuery(ObjectType.DEFAULT_PRIVILEGES, DEFAULT_PRIVILEGES));
    return all;
  }
}
