package dev.bpg.examples.shop.customers;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Row;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Those who buy, and what support noted about them. */
public final class Customers {

  private static final String COLUMNS = "SELECT id, email, name, blocked FROM customers ";
  private static final Row<Customer> CUSTOMER =
      row -> new Customer(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4));

  private final Sql sql;

  /** Customers of a database. */
  public Customers(Sql sql) {
    this.sql = sql;
  }

  /**
   * Adds one.
   *
   * @throws RefusedException if the address is taken or none at all
   */
  public Customer register(String email, String name) {
    if (name.isBlank()) {
      throw new RefusedException("a customer needs a name");
    }
    try {
      return sql.get(
          CUSTOMER,
          "INSERT INTO customers (email, name) VALUES (?, ?) RETURNING id, email, name, blocked",
          email.strip(),
          name.strip());
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException(email + " is registered already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException(email + " is no e-mail address", e);
      }
      throw e;
    }
  }

  /** The one with a number. */
  public Customer get(long id) {
    return sql.find(CUSTOMER, COLUMNS + "WHERE id = ?", id)
        .orElseThrow(() -> new NotFoundException("customer " + id));
  }

  /** The one with an e-mail address, in whatever case. */
  public Optional<Customer> withEmail(String email) {
    return sql.find(
        CUSTOMER, COLUMNS + "WHERE lower(email) = ?", email.strip().toLowerCase(Locale.ROOT));
  }

  /** Those whose name has a part, by name. */
  public List<Customer> named(String part) {
    return sql.list(CUSTOMER, COLUMNS + "WHERE name ILIKE '%' || ? || '%' ORDER BY name, id", part);
  }

  /** How many there are. */
  public long count() {
    return sql.number("SELECT count(*) FROM customers");
  }

  /** Gives one another name. */
  public void rename(long id, String name) {
    require(sql.update("UPDATE customers SET name = ? WHERE id = ?", name, id), id);
  }

  /** Keeps one from ordering, or not any more. */
  public void block(long id, boolean blocked) {
    require(sql.update("UPDATE customers SET blocked = ? WHERE id = ?", blocked, id), id);
  }

  /**
   * Takes one away with all that is theirs.
   *
   * @throws RefusedException if there are orders, which have to be kept
   */
  public void delete(long id) {
    try {
      require(sql.update("DELETE FROM customers WHERE id = ?", id), id);
    } catch (SqlFailure e) {
      if (e.isDangling()) {
        throw new RefusedException("customer " + id + " has orders", e);
      }
      throw e;
    }
  }

  /** Takes away what tells who one is, and keeps the orders. */
  public void anonymise(long id) {
    sql.inTransaction(
        tx -> {
          String email = "deleted-" + id + "@invalid";
          require(
              tx.update(
                  "UPDATE customers SET email = ?, name = 'deleted', blocked = true WHERE id = ?",
                  email,
                  id),
              id);
          tx.update("DELETE FROM addresses WHERE customer_id = ?", id);
          tx.update("DELETE FROM customer_notes WHERE customer_id = ?", id);
          tx.update("UPDATE orders SET recipient = 'deleted' WHERE customer_id = ?", id);
        });
  }

  /** Notes something about one. */
  public void note(long id, String author, String note) {
    sql.update(
        "INSERT INTO customer_notes (customer_id, author, note) VALUES (?, ?, ?)",
        get(id).id(),
        author,
        note);
  }

  /** What was noted, the newest first, as {@code author: note}. */
  public List<String> notes(long id) {
    return sql.list(
        row -> row.getString(1) + ": " + row.getString(2),
        "SELECT author, note FROM customer_notes WHERE customer_id = ? ORDER BY id DESC",
        id);
  }

  private static void require(int changed, long id) {
    if (changed == 0) {
      throw new NotFoundException("customer " + id);
    }
  }
}
