package dev.bpg.internal.diff;

import static dev.bpg.internal.diff.Fragments.inSchema;
import static dev.bpg.internal.diff.Fragments.tail;

import dev.bpg.diff.ObjectType;
import java.util.List;

/** Reads types and collations. */
final class TypeQueries {

  private static final String NAME = "pg_catalog.format('%I.%I', n.nspname, o.typname)";

  private static final String ENUM =
      """
      'CREATE TYPE ' || %s || ' AS ENUM (' || COALESCE((
        SELECT pg_catalog.string_agg(
          pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
        FROM pg_catalog.pg_enum e WHERE e.enumtypid = o.oid), '') || ')'
      """
          .formatted(NAME);

  private static final String DOMAIN =
      """
      pg_catalog.concat_ws(' ', 'CREATE DOMAIN ' || %s || ' AS '
          || pg_catalog.format_type(o.typbasetype, o.typtypmod),
        'COLLATE ' || (
          SELECT c.oid::regcollation FROM pg_catalog.pg_collation c, pg_catalog.pg_type b
          WHERE b.oid = o.typbasetype AND c.oid = o.typcollation
            AND o.typcollation <> b.typcollation),
        'DEFAULT ' || o.typdefault,
        CASE WHEN o.typnotnull THEN 'NOT NULL' END),
      (SELECT pg_catalog.string_agg(
          pg_catalog.format('CONSTRAINT %%I ', c.conname) || pg_catalog.pg_get_constraintdef(c.oid),
          E'\\n' ORDER BY c.conname COLLATE "C")
        FROM pg_catalog.pg_constraint c WHERE c.contypid = o.oid AND c.contype <> 'n')
      """
          .formatted(NAME);

  private static final String OTHER =
      """
      'CREATE TYPE ' || %s || CASE o.typtype WHEN 'c' THEN ' AS (' || COALESCE((
          SELECT pg_catalog.string_agg(
            pg_catalog.concat_ws(' ', pg_catalog.quote_ident(a.attname),
              pg_catalog.format_type(a.atttypid, a.atttypmod),
              'COLLATE ' || (
                SELECT c.oid::regcollation FROM pg_catalog.pg_collation c, pg_catalog.pg_type b
                WHERE b.oid = a.atttypid AND c.oid = a.attcollation
                  AND a.attcollation <> b.typcollation)), ', ' ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = o.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
        WHEN 'r' THEN ' AS RANGE (' || (
          SELECT pg_catalog.concat_ws(', ',
            'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL),
            'MULTIRANGE_TYPE_NAME = ' || pg_catalog.format_type(r.rngmultitypid, NULL),
            'CANONICAL = ' || NULLIF(r.rngcanonical::oid, 0)::regproc,
            'SUBTYPE_DIFF = ' || NULLIF(r.rngsubdiff::oid, 0)::regproc)
          FROM pg_catalog.pg_range r WHERE r.rngtypid = o.oid) || ')'
        ELSE pg_catalog.format(' (INPUT = %%s, OUTPUT = %%s, INTERNALLENGTH = %%s)',
          o.typinput, o.typoutput, o.typlen) END
      """
          .formatted(NAME);

  // A table's row type goes with the table, an array's with its elements, a multirange's with its
  // range.
  private static final String OTHER_TYPES =
      """
      (o.typtype IN ('r', 'b') OR o.typtype = 'c' AND EXISTS (
        SELECT FROM pg_catalog.pg_class c WHERE c.oid = o.typrelid AND c.relkind = 'c'))
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = o.oid)
      """;

  private static final String COLLATION =
      """
      'CREATE COLLATION ' || pg_catalog.format('%I.%I', n.nspname, o.collname) || ' ' || (
        pg_catalog.to_jsonb(o) - '{oid,collname,collnamespace,collowner,collversion}'::text[])
      """;

  /** All of them. */
  static final List<CatalogQuery> ALL =
      List.of(
          new CatalogQuery(
              ObjectType.COLLATION,
              inSchema(
                  "pg_collation",
                  "coll",
                  "pg_catalog.format('%I.%I', n.nspname, o.collname)",
                  COLLATION
                      + ", "
                      + Fragments.owner("o.collowner")
                      + ", "
                      + Fragments.comment("pg_collation", "o.oid"),
                  "true")),
          types(ObjectType.DOMAIN, DOMAIN, "o.typtype = 'd'"),
          types(ObjectType.ENUM, ENUM, "o.typtype = 'e'"),
          types(ObjectType.TYPE, OTHER, OTHER_TYPES));

  private TypeQueries() {}

  private static CatalogQuery types(ObjectType type, String lines, String where) {
    String all = lines + ", " + tail("pg_type", "o", "typ", 'T');
    return new CatalogQuery(type, inSchema("pg_type", "typ", NAME, all, where));
  }
}
