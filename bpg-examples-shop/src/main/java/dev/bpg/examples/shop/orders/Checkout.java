package dev.bpg.examples.shop.orders;

import dev.bpg.examples.shop.catalog.Catalog;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.catalog.Taxes;
import dev.bpg.examples.shop.customers.Address;
import dev.bpg.examples.shop.customers.Addresses;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.customers.Customers;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.inventory.Inventory;
import dev.bpg.examples.shop.promotions.Coupons;
import dev.bpg.examples.shop.shipping.Rate;
import dev.bpg.examples.shop.shipping.ShippingRates;
import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Turns a cart into an order: all of it, or nothing. */
public final class Checkout {

  private final Sql sql;

  /** Purchases in a database. */
  public Checkout(Sql sql) {
    this.sql = sql;
  }

  /** Buys what is in the cart. */
  public Order place(long customer) {
    return place(customer, Optional.empty());
  }

  /** Buys what is in the cart, with a coupon. */
  public Order place(long customer, String coupon) {
    return place(customer, Optional.of(coupon));
  }

  private Order place(long id, Optional<String> coupon) {
    return sql.transaction(
        tx -> {
          Customer customer = new Customers(tx).get(id);
          if (customer.blocked()) {
            throw new RefusedException("customer " + id + " is blocked");
          }
          Address address =
              new Addresses(tx)
                  .defaultOf(id)
                  .orElseThrow(() -> new RefusedException("customer " + id + " has no address"));
          Carts carts = new Carts(tx);
          List<CartItem> items = carts.items(id);
          if (items.isEmpty()) {
            throw new RefusedException("the cart of customer " + id + " is empty");
          }
          long order = insert(tx, customer, address, items);
          BigDecimal goods = carts.total(id);
          coupon.ifPresent(code -> new Coupons(tx).redeem(code, order, goods));
          carts.clear(id);
          return new Orders(tx).get(order);
        });
  }

  private static long insert(Sql tx, Customer customer, Address address, List<CartItem> items) {
    Catalog catalog = new Catalog(tx);
    int grams =
        items.stream()
            .mapToInt(item -> catalog.get(item.product()).weightGrams() * item.quantity())
            .sum();
    Rate rate = new ShippingRates(tx).cheapest(address.country(), grams);
    long order =
        tx.number(
            """
            INSERT INTO orders (customer_id, country, recipient, shipping) VALUES (?, ?, ?, ?)
            RETURNING id
            """,
            customer.id(),
            address.country(),
            customer.name(),
            rate.price());
    for (int i = 0; i < items.size(); i++) {
      line(tx, order, i + 1, items.get(i), address.country());
    }
    return order;
  }

  private static void line(Sql tx, long order, int line, CartItem item, String country) {
    Product product = new Catalog(tx).get(item.product());
    String warehouse =
        new Inventory(tx)
            .reserve(item.product(), item.quantity())
            .orElseThrow(() -> new RefusedException("not enough of " + product.sku()));
    tx.update(
        "INSERT INTO order_items VALUES (?, ?, ?, ?, ?, ?, ?)",
        order,
        line,
        item.product(),
        warehouse,
        item.quantity(),
        item.unitPrice(),
        new Taxes(tx).percent(country, product.taxKind()));
  }
}
