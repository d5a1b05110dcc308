package dev.bpg.internal.diff;

/** Pieces of SQL that the queries on catalogs share. */
final class Fragments {

  /** Of the schema {@code n}: it is none of Postgres' own. */
  static final String USER_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

  private Fragments() {}

  /**
   * That an object is not part of an extension, which is compared as a whole, and was not made by
   * Postgres for another object, such as the functions of a range type. (The sequence of an
   * identity column is made for it too, but has settings of its own.)
   */
  static String notOfExtension(String catalog, String oid) {
    return """
        NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend ext
          WHERE ext.classid = 'pg_catalog.%s'::regclass AND ext.objid = %s
            AND ext.deptype IN (%s))\
        """
        .formatted(catalog, oid, catalog.equals("pg_class") ? "'e'" : "'e', 'i'");
  }

  /** A line with the owner. */
  static String owner(String role) {
    return "'OWNER TO ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(" + role + "))";
  }

  /** A line with the comment, if there is one. */
  static String comment(String catalog, String oid) {
    return comment("pg_catalog.obj_description(" + oid + ", '" + catalog + "')");
  }

  /** A line with a comment, if there is one. */
  static String comment(String text) {
    return "'COMMENT ' || pg_catalog.quote_literal(" + text + ")";
  }

  /**
   * Lines with the rights that an object has beyond those that it would have anyway, and those that
   * it lacks.
   *
   * @param kind the letter of the kind of object, see {@code acldefault} in the manual
   */
  static String rights(String acl, char kind, String owner) {
    String actual = rightsOf(acl);
    String usual = rightsOf("pg_catalog.acldefault('" + kind + "', " + owner + ")");
    return """
        CASE WHEN %1$s IS NOT NULL THEN (
          SELECT pg_catalog.string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
            (SELECT 'GRANT ' || r FROM (%2$s) a EXCEPT SELECT 'GRANT ' || r FROM (%3$s) d)
            UNION ALL
            (SELECT 'REVOKE ' || r FROM (%3$s) d EXCEPT SELECT 'REVOKE ' || r FROM (%2$s) a)
          ) lines (line)) END\
        """
        .formatted(acl, actual, usual);
  }

  private static String rightsOf(String acl) {
    return """
        SELECT g.privilege_type || ' TO ' || CASE g.grantee WHEN 0 THEN 'PUBLIC'
          ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END
          || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS r
        FROM pg_catalog.aclexplode(%s) g\
        """
        .formatted(acl);
  }

  /** Owner, rights and comment: the lines at the end of most definitions. */
  static String tail(String catalog, String alias, String prefix, char kind) {
    String owner = alias + "." + prefix + "owner";
    return String.join(
        ",\n",
        owner(owner),
        rights(alias + "." + prefix + "acl", kind, owner),
        comment(catalog, alias + ".oid"));
  }

  /** A query on objects in schemas that belong to no table. */
  static String inSchema(String catalog, String prefix, String name, String lines, String where) {
    return """
        SELECT '', %s, pg_catalog.concat_ws(E'\\n', %s)
        FROM pg_catalog.%s o JOIN pg_catalog.pg_namespace n ON n.oid = o.%snamespace
        WHERE %s AND %s AND %s
        """
        .formatted(
            name, lines, catalog, prefix, USER_SCHEMA, notOfExtension(catalog, "o.oid"), where);
  }
}
