package dev.bpg.internal.diff;

import static dev.bpg.internal.diff.Fragments.inSchema;
import static dev.bpg.internal.diff.Fragments.tail;

import dev.bpg.diff.ObjectType;
import java.util.List;

/** Reads tables, views and sequences. */
final class RelationQueries {

  /** The name of the relation {@code o}. */
  static final String NAME = "pg_catalog.format('%I.%I', n.nspname, o.relname)";

  private static final String OPTIONS =
      "'WITH (' || pg_catalog.array_to_string(o.reloptions, ', ') || ')'";

  private static final String TABLE =
      """
      'CREATE ' || CASE o.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'TABLE ' || %s,
      'OF ' || NULLIF(o.reloftype, 0)::regtype,
      'PARTITION OF ' || (
        SELECT i.inhparent::regclass || ' ' || pg_catalog.pg_get_expr(o.relpartbound, o.oid)
        FROM pg_catalog.pg_inherits i WHERE i.inhrelid = o.oid AND o.relispartition),
      'INHERITS (' || (
        SELECT pg_catalog.string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
        FROM pg_catalog.pg_inherits i WHERE i.inhrelid = o.oid AND NOT o.relispartition) || ')',
      'PARTITION BY ' || pg_catalog.pg_get_partkeydef(o.oid),
      'USING ' || (
        SELECT a.amname FROM pg_catalog.pg_am a WHERE a.oid = o.relam AND a.amname <> 'heap'),
      %s,
      'TABLESPACE ' || (
        SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = o.reltablespace),
      CASE WHEN o.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
      CASE WHEN o.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
      CASE o.relreplident WHEN 'n' THEN 'REPLICA IDENTITY NOTHING'
        WHEN 'f' THEN 'REPLICA IDENTITY FULL' END
      """
          .formatted(NAME, OPTIONS);

  private static final String FOREIGN_TABLE =
      "'CREATE FOREIGN TABLE ' || "
          + NAME
          + """
          ,
          (SELECT pg_catalog.format('SERVER %I ', s.srvname)
              || COALESCE('OPTIONS (' || pg_catalog.array_to_string(f.ftoptions, ', ') || ')', '')
            FROM pg_catalog.pg_foreign_table f
            JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = o.oid)
          """;

  private static final String VIEW_TEXT =
      ", "
          + OPTIONS
          + """
          , pg_catalog.pg_get_viewdef(o.oid),
          (SELECT pg_catalog.string_agg(pg_catalog.format('COMMENT ON COLUMN %I %L',
              a.attname, pg_catalog.col_description(o.oid, a.attnum)), E'\\n' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = o.oid
              AND pg_catalog.col_description(o.oid, a.attnum) IS NOT NULL)
          """;

  private static final String POPULATED =
      ", CASE WHEN NOT o.relispopulated THEN 'WITH NO DATA' END";

  // One that belongs to a column is part of the column's table.
  private static final String SEQUENCE =
      """
      SELECT COALESCE((
          SELECT d.refobjid::regclass::text FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = o.oid
            AND d.refclassid = d.classid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0), ''),
        %s, pg_catalog.concat_ws(E'\\n',
        pg_catalog.format(
          'CREATE SEQUENCE %%s AS %%s START %%s INCREMENT %%s MINVALUE %%s MAXVALUE %%s CACHE %%s',
          o.oid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
          s.seqcache) || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END,
        'OWNED BY ' || (
          SELECT pg_catalog.format('%%s.%%I', d.refobjid::regclass, a.attname)
          FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a
            ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = o.oid
            AND d.refclassid = d.classid AND d.deptype IN ('a', 'i')),
        %s)
      FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class o ON o.oid = s.seqrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
      WHERE o.relpersistence <> 't' AND %s AND %s
      """
          .formatted(
              NAME,
              tail("pg_class", "o", "rel", 's'),
              Fragments.USER_SCHEMA,
              Fragments.notOfExtension("pg_class", "o.oid"));

  /** All of them. */
  static final List<CatalogQuery> ALL =
      List.of(
          relations(ObjectType.TABLE, TABLE, "'r', 'p'"),
          relations(ObjectType.FOREIGN_TABLE, FOREIGN_TABLE, "'f'"),
          relations(ObjectType.VIEW, "'CREATE VIEW ' || " + NAME + VIEW_TEXT, "'v'"),
          relations(
              ObjectType.MATERIALIZED_VIEW,
              "'CREATE MATERIALIZED VIEW ' || " + NAME + VIEW_TEXT + POPULATED,
              "'m'"),
          new CatalogQuery(ObjectType.SEQUENCE, SEQUENCE));

  private RelationQueries() {}

  private static CatalogQuery relations(ObjectType type, String lines, String kinds) {
    return new CatalogQuery(
        type,
        inSchema(
            "pg_class",
            "rel",
            NAME,
            lines + ", " + tail("pg_class", "o", "rel", 'r'),
            "o.relpersistence <> 't' AND o.relkind IN (" + kinds + ")"));
  }
}
