package dev.bpg.internal.diff;

import static dev.bpg.internal.diff.Fragments.comment;
import static dev.bpg.internal.diff.Fragments.inSchema;
import static dev.bpg.internal.diff.Fragments.owner;
import static dev.bpg.internal.diff.Fragments.tail;

import dev.bpg.diff.ObjectType;
import java.util.List;

/** Reads functions and what is made of them. */
final class RoutineQueries {

  private static final String NAME =
      """
      pg_catalog.format('%I.%I(%s)', n.nspname, o.proname,
        pg_catalog.pg_get_function_identity_arguments(o.oid))
      """;

  // Postgres has no words for an aggregate.
  private static final String AGGREGATE =
      """
      'CREATE AGGREGATE ' || %s || ' (' || (
        SELECT pg_catalog.concat_ws(', ',
          'SFUNC = ' || a.aggtransfn,
          'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
          'FINALFUNC = ' || NULLIF(a.aggfinalfn::oid, 0)::regproc,
          'COMBINEFUNC = ' || NULLIF(a.aggcombinefn::oid, 0)::regproc,
          'MSFUNC = ' || NULLIF(a.aggmtransfn::oid, 0)::regproc,
          'MINVFUNC = ' || NULLIF(a.aggminvtransfn::oid, 0)::regproc,
          'SORTOP = ' || NULLIF(a.aggsortop, 0)::regoperator,
          'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
          'PARALLEL = ' || o.proparallel::text, 'KIND = ' || a.aggkind::text)
        FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = o.oid) || ')'
      """
          .formatted(NAME);

  private static final String OPERATOR =
      """
      'CREATE OPERATOR ' || o.oid::regoperator || ' (' || pg_catalog.concat_ws(', ',
        'FUNCTION = ' || o.oprcode,
        'COMMUTATOR = ' || NULLIF(o.oprcom, 0)::regoperator,
        'NEGATOR = ' || NULLIF(o.oprnegate, 0)::regoperator,
        'RESTRICT = ' || NULLIF(o.oprrest::oid, 0)::regproc,
        'JOIN = ' || NULLIF(o.oprjoin::oid, 0)::regproc,
        CASE WHEN o.oprcanhash THEN 'HASHES' END,
        CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')'
      """;

  // Casts are in no schema; those of Postgres itself have numbers below 16384.
  private static final String CAST =
      """
      SELECT '', pg_catalog.format('(%%s AS %%s)', c.castsource::regtype, c.casttarget::regtype),
        pg_catalog.concat_ws(E'\\n',
          pg_catalog.format('CREATE CAST (%%s AS %%s) %%s %%s',
            c.castsource::regtype, c.casttarget::regtype,
            CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
              WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
            CASE c.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT'
              ELSE '' END),
          %s)
      FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND %s
      """
          .formatted(comment("pg_cast", "c.oid"), Fragments.notOfExtension("pg_cast", "c.oid"));

  /** All of them. */
  static final List<CatalogQuery> ALL =
      List.of(
          routines(ObjectType.FUNCTION, "pg_catalog.pg_get_functiondef(o.oid)", "'f', 'w'"),
          routines(ObjectType.PROCEDURE, "pg_catalog.pg_get_functiondef(o.oid)", "'p'"),
          routines(ObjectType.AGGREGATE, AGGREGATE, "'a'"),
          new CatalogQuery(
              ObjectType.OPERATOR,
              inSchema(
                  "pg_operator",
                  "opr",
                  "o.oid::regoperator::text",
                  OPERATOR + ", " + owner("o.oprowner") + ", " + comment("pg_operator", "o.oid"),
                  "true")),
          new CatalogQuery(ObjectType.CAST, CAST));

  private RoutineQueries() {}

  private static CatalogQuery routines(ObjectType type, String definition, String kinds) {
    String lines =
        "pg_catalog.rtrim(" + definition + ", E'\\n'), " + tail("pg_proc", "o", "pro", 'f');
    // Asked of an aggregate, pg_get_functiondef fails, so its condition must come first.
    return new CatalogQuery(
        type, inSchema("pg_proc", "pro", NAME, lines, "o.prokind IN (" + kinds + ")"));
  }
}
