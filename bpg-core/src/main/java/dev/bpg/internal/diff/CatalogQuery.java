package dev.bpg.internal.diff;

import dev.bpg.diff.ObjectType;

/**
 * How the objects of a type are read: a query of Postgres 14 and newer whose rows are the object's
 * table if it belongs to one, its name as SQL writes it, and its definition.
 */
record CatalogQuery(ObjectType type, String sql) {}
