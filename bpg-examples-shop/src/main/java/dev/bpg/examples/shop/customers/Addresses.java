package dev.bpg.examples.shop.customers;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Row;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;
import java.util.Optional;

/** Where customers live; of each one's addresses, one is the default. */
public final class Addresses {

  private static final String COLUMNS = "id, street, postcode, city, country, is_default";
  private static final Row<Address> ADDRESS =
      row ->
          new Address(
              row.getLong(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getBoolean(6));

  private final Sql sql;

  /** Addresses of a database. */
  public Addresses(Sql sql) {
    this.sql = sql;
  }

  /**
   * Adds one. A customer's first is the default.
   *
   * @throws RefusedException if the shop does not deliver to the country
   */
  public Address add(long customer, String street, String postcode, String city, String country) {
    try {
      return sql.get(
          ADDRESS,
          """
          INSERT INTO addresses (customer_id, street, postcode, city, country, is_default)
          SELECT ?, ?, ?, ?, ?, NOT EXISTS (SELECT FROM addresses WHERE customer_id = ? AND is_default)
          RETURNING\s"""
              + COLUMNS,
          customer,
          street,
          postcode,
          city,
          country,
          customer);
    } catch (SqlFailure e) {
      if (e.isDangling()) {
        throw new RefusedException("no customer " + customer + " or no delivery to " + country, e);
      }
      throw e;
    }
  }

  /** A customer's, in the order in which they were added. */
  public List<Address> of(long customer) {
    return sql.list(
        ADDRESS,
        "SELECT " + COLUMNS + " FROM addresses WHERE customer_id = ? ORDER BY id",
        customer);
  }

  /** A customer's default. */
  public Optional<Address> defaultOf(long customer) {
    return of(customer).stream().filter(Address::isDefault).findFirst();
  }

  /** Makes one the default in place of another. */
  public void makeDefault(long customer, long address) {
    sql.inTransaction(
        tx -> {
          tx.update("UPDATE addresses SET is_default = false WHERE customer_id = ?", customer);
          int made =
              tx.update(
                  "UPDATE addresses SET is_default = true WHERE customer_id = ? AND id = ?",
                  customer,
                  address);
          if (made == 0) {
            throw new NotFoundException("address " + address + " of customer " + customer);
          }
        });
  }

  /** Takes one away. If it was the default, the oldest that is left becomes it. */
  public void remove(long customer, long address) {
    sql.inTransaction(
        tx -> {
          int removed =
              tx.update(
                  "DELETE FROM addresses WHERE customer_id = ? AND id = ?", customer, address);
          if (removed == 0) {
            throw new NotFoundException("address " + address + " of customer " + customer);
          }
          tx.update(
              """
              UPDATE addresses SET is_default = true
              WHERE id = (SELECT min(id) FROM addresses WHERE customer_id = ?)
                AND NOT EXISTS (SELECT FROM addresses WHERE customer_id = ? AND is_default)
              """,
              customer,
              customer);
        });
  }
}
