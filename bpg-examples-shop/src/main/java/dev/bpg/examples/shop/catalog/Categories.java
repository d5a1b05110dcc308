package dev.bpg.examples.shop.catalog;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;

/** The tree that products are sorted into. */
public final class Categories {

  private static final String BELOW =
      """
      WITH RECURSIVE below AS (
        SELECT id FROM categories WHERE slug = ?
        UNION ALL
        SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id)
      """;

  private final Sql sql;

  /** Categories of a database. */
  public Categories(Sql sql) {
    this.sql = sql;
  }

  /** Adds one at the top. */
  public void add(String slug, String name) {
    insert("INSERT INTO categories (slug, name) VALUES (?, ?)", slug, name);
  }

  /** Adds one below another. */
  public void addBelow(String parent, String slug, String name) {
    insert(
        "INSERT INTO categories (parent_id, slug, name) VALUES (?, ?, ?)", id(parent), slug, name);
  }

  private void insert(String statement, Object... values) {
    try {
      sql.update(statement, values);
    } catch (SqlFailure e) {
      if (e.isDuplicate() || e.isRefusedByCheck()) {
        throw new RefusedException("the category's short name is taken or has odd characters", e);
      }
      throw e;
    }
  }

  /** The names from the top to one. */
  public List<String> path(String slug) {
    id(slug);
    return sql.list(
        row -> row.getString(1),
        """
        WITH RECURSIVE up AS (
          SELECT id, parent_id, name, 0 AS level FROM categories WHERE slug = ?
          UNION ALL
          SELECT c.id, c.parent_id, c.name, level + 1 FROM categories c JOIN up ON c.id = up.parent_id)
        SELECT name FROM up ORDER BY level DESC
        """,
        slug);
  }

  /** The short names of those right below one. */
  public List<String> children(String slug) {
    return sql.list(
        row -> row.getString(1),
        "SELECT slug FROM categories WHERE parent_id = ? ORDER BY slug",
        id(slug));
  }

  /**
   * Puts one below another, with all that is below it.
   *
   * @throws RefusedException if it would be below itself
   */
  public void move(String slug, String parent) {
    sql.inTransaction(
        tx -> {
          long target = new Categories(tx).id(parent);
          long within = tx.number(BELOW + "SELECT count(*) FROM below WHERE id = ?", slug, target);
          if (within > 0) {
            throw new RefusedException(parent + " is within " + slug);
          }
          tx.update("UPDATE categories SET parent_id = ? WHERE slug = ?", target, slug);
        });
  }

  /** Sorts a product into one. */
  public void put(long product, String slug) {
    sql.update(
        "INSERT INTO product_categories VALUES (?, ?) ON CONFLICT DO NOTHING", product, id(slug));
  }

  /** The printed numbers of what can be bought in one and below it. */
  public List<String> products(String slug) {
    return sql.list(
        row -> row.getString(1),
        BELOW
            + """
            SELECT DISTINCT p.sku FROM products p JOIN product_categories pc ON pc.product_id = p.id
            WHERE p.active AND pc.category_id IN (SELECT id FROM below) ORDER BY p.sku
            """,
        slug);
  }

  /**
   * Takes one away.
   *
   * @throws RefusedException if anything is in it
   */
  public void remove(String slug) {
    try {
      sql.update("DELETE FROM categories WHERE id = ?", id(slug));
    } catch (SqlFailure e) {
      if (e.isDangling()) {
        throw new RefusedException("category " + slug + " is not empty", e);
      }
      throw e;
    }
  }

  private long id(String slug) {
    return sql.find(row -> row.getLong(1), "SELECT id FROM categories WHERE slug = ?", slug)
        .orElseThrow(() -> new NotFoundException("category " + slug));
  }
}
