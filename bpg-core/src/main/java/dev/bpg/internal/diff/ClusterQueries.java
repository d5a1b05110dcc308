package dev.bpg.internal.diff;

import static dev.bpg.internal.diff.Fragments.comment;
import static dev.bpg.internal.diff.Fragments.owner;
import static dev.bpg.internal.diff.Fragments.rights;

import dev.bpg.diff.ObjectType;
import java.util.List;

/** Reads what belongs to the whole cluster. */
final class ClusterQueries {

  // Never the password: each branch has its own, and it is nobody's business.
  private static final String ROLES =
      """
      SELECT '', pg_catalog.quote_ident(r.rolname), pg_catalog.concat_ws(E'\\n',
        pg_catalog.concat_ws(' ', 'CREATE ROLE ' || pg_catalog.quote_ident(r.rolname),
          CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
          CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
          CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
          CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END,
          CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
          CASE WHEN r.rolreplication THEN 'REPLICATION' END,
          CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
          'CONNECTION LIMIT ' || NULLIF(r.rolconnlimit, -1),
          'VALID UNTIL ' || pg_catalog.quote_literal(r.rolvaliduntil)),
        (SELECT pg_catalog.string_agg(
            'IN ROLE ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(m.roleid))
            || CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END,
            E'\\n' ORDER BY pg_catalog.pg_get_userbyid(m.roleid) COLLATE "C")
          FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid),
        (SELECT pg_catalog.string_agg(
            'SET ' || setting
            || COALESCE(' IN DATABASE ' || pg_catalog.quote_ident(d.datname), ''),
            E'\\n' ORDER BY d.datname COLLATE "C", setting COLLATE "C")
          FROM pg_catalog.pg_db_role_setting s
          LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase,
          pg_catalog.unnest(s.setconfig) setting
          WHERE s.setrole = r.oid),
        %s)
      FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_'
      """
          .formatted(comment("pg_catalog.shobj_description(r.oid, 'pg_authid')"));

  private static final String DATABASES =
      """
      SELECT '', pg_catalog.quote_ident(d.datname), pg_catalog.concat_ws(E'\\n',
        pg_catalog.format('CREATE DATABASE %%I ENCODING %%s LC_COLLATE %%L LC_CTYPE %%L',
          d.datname, pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype),
        CASE WHEN d.datistemplate THEN 'IS TEMPLATE' END,
        CASE WHEN NOT d.datallowconn THEN 'NO CONNECTIONS' END,
        'CONNECTION LIMIT ' || NULLIF(d.datconnlimit, -1),
        (SELECT pg_catalog.string_agg('SET ' || setting, E'\\n' ORDER BY setting COLLATE "C")
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) setting
          WHERE s.setrole = 0 AND s.setdatabase = d.oid),
        %s, %s, %s)
      FROM pg_catalog.pg_database d
      """
          .formatted(
              owner("d.datdba"),
              rights("d.datacl", 'd', "d.datdba"),
              comment("pg_catalog.shobj_description(d.oid, 'pg_database')"));

  /** All of them. */
  static final List<CatalogQuery> ALL =
      List.of(
          new CatalogQuery(ObjectType.ROLE, ROLES),
          new CatalogQuery(ObjectType.DATABASE, DATABASES));

  private ClusterQueries() {}
}
