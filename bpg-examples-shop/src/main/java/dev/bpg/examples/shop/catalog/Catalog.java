package dev.bpg.examples.shop.catalog;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Row;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;
import java.util.Optional;

/** What the shop sells. */
public final class Catalog {

  private static final String COLUMNS = "p.id, p.sku, p.name, p.tax_kind, p.weight_grams, p.active";
  private static final Row<Product> PRODUCT =
      row ->
          new Product(
              row.getLong(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getInt(5),
              row.getBoolean(6));

  private final Sql sql;

  /** Products of a database. */
  public Catalog(Sql sql) {
    this.sql = sql;
  }

  /**
   * Adds a product.
   *
   * @throws RefusedException if its number is taken, or it weighs nothing
   */
  public Product add(String sku, String name, String description, int weightGrams) {
    try {
      long id =
          sql.number(
              """
              INSERT INTO products (sku, name, description, weight_grams) VALUES (?, ?, ?, ?)
              RETURNING id
              """,
              sku,
              name,
              description,
              weightGrams);
      return get(id);
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException("there is a product " + sku + " already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException("a product needs a name and a weight", e);
      }
      throw e;
    }
  }

  /** The one with a number. */
  public Product get(long id) {
    return sql.find(PRODUCT, "SELECT " + COLUMNS + " FROM products p WHERE p.id = ?", id)
        .orElseThrow(() -> new NotFoundException("product " + id));
  }

  /** The one with a printed number. */
  public Optional<Product> withSku(String sku) {
    return sql.find(PRODUCT, "SELECT " + COLUMNS + " FROM products p WHERE p.sku = ?", sku);
  }

  /** Says whether a product can be bought. */
  public void activate(long id, boolean active) {
    change("UPDATE products SET active = ? WHERE id = ?", active, id);
  }

  /** Says which rate of tax is due. */
  public void taxAs(long id, String kind) {
    try {
      change("UPDATE products SET tax_kind = ? WHERE id = ?", kind, id);
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck()) {
        throw new RefusedException("there is no rate of tax " + kind, e);
      }
      throw e;
    }
  }

  /** Says who makes a product; a brand that is new is added. */
  public void brand(long id, String name) {
    sql.inTransaction(
        tx -> {
          tx.update("INSERT INTO brands (name) VALUES (?) ON CONFLICT DO NOTHING", name);
          new Catalog(tx)
              .change(
                  "UPDATE products SET brand_id = (SELECT id FROM brands WHERE name = ?) WHERE id = ?",
                  name,
                  id);
        });
  }

  /** What a brand makes and can be bought, by name. */
  public List<Product> ofBrand(String name) {
    return sql.list(
        PRODUCT,
        "SELECT "
            + COLUMNS
            + " FROM products p JOIN brands b ON b.id = p.brand_id"
            + " WHERE b.name = ? AND p.active ORDER BY p.name",
        name);
  }

  /** What has all of some words in its name or description, the best match first. */
  public List<Product> search(String words) {
    return sql.list(
        PRODUCT,
        "SELECT "
            + COLUMNS
            + " FROM products p, websearch_to_tsquery('english', ?) AS wanted"
            + " WHERE p.active AND p.words @@ wanted"
            + " ORDER BY ts_rank(p.words, wanted) DESC, p.id",
        words);
  }

  private void change(String statement, Object value, long id) {
    if (sql.update(statement, value, id) == 0) {
      throw new NotFoundException("product " + id);
    }
  }
}
