package dev.bpg.diff;

import java.util.Locale;

/**
 * What kinds of objects of a schema are compared. The kinds from {@link #COLUMN} to {@link #POLICY}
 * belong to a table: when that was added or removed, they are part of its definition and are not
 * reported one by one.
 */
public enum ObjectType {
  /** A role, with its memberships and settings, without its password. Of the whole cluster. */
  ROLE,
  /** A database, with its settings. Of the whole cluster. */
  DATABASE,
  /** An extension, with its version. What belongs to it is not compared. */
  EXTENSION,
  /** A schema. */
  SCHEMA,
  /** A collation. */
  COLLATION,
  /** A domain, with its constraints. */
  DOMAIN,
  /** An enum, with its labels in their order. */
  ENUM,
  /** A composite type, a range type or a base type. */
  TYPE,
  /** A function or a window function. */
  FUNCTION,
  /** A procedure. */
  PROCEDURE,
  /** An aggregate function. */
  AGGREGATE,
  /** An operator. */
  OPERATOR,
  /** A cast. */
  CAST,
  /** A foreign server. User mappings are not read, because passwords are in them. */
  FOREIGN_SERVER,
  /** A table, partitioned or not. Of its partitions, each is a table too. */
  TABLE,
  /** A foreign table. */
  FOREIGN_TABLE,
  /** A view. */
  VIEW,
  /** A materialized view. */
  MATERIALIZED_VIEW,
  /** A sequence; what it has counted to is a {@link SequenceChange}. */
  SEQUENCE,
  /** A column of a table: its type, default, nullability, identity; not its position. */
  COLUMN,
  /** A constraint of a table, but for those that make a column not null. */
  CONSTRAINT,
  /** An index, unless it is of a constraint. */
  INDEX,
  /** A trigger, and whether it is enabled. */
  TRIGGER,
  /** A rule. */
  RULE,
  /** A policy of row-level security. */
  POLICY,
  /** Extended statistics. */
  STATISTICS,
  /** An event trigger. */
  EVENT_TRIGGER,
  /** A publication, with its tables. */
  PUBLICATION,
  /** Rights that objects get when they are made. */
  DEFAULT_PRIVILEGES;

  /** In words: {@code materialized view}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
