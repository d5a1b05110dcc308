package dev.bpg.examples.shop;

import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.orders.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Data of a test's own: all that has to be unique is. */
public final class Given {

  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  private final Shop shop;

  Given(Shop shop) {
    this.shop = shop;
  }

  /** A word that no other test has: lower case letters and digits, with a letter first. */
  public String unique(String prefix) {
    return prefix + Long.toString(NUMBERS.incrementAndGet(), Character.MAX_RADIX);
  }

  /** A customer without an address. */
  public Customer stranger() {
    return shop.customers().register(unique("c") + "@example.org", "Ada Lovelace");
  }

  /** A customer in Germany. */
  public Customer customer() {
    return customerIn("DE");
  }

  /** A customer in a country. */
  public Customer customerIn(String country) {
    Customer customer = stranger();
    shop.addresses().add(customer.id(), "Main Street 1", "12345", "Town", country);
    return customer;
  }

  /** A product of 500 grams without a price or stock. */
  public Product unpriced() {
    return shop.catalog().add(unique("SKU-"), "Lamp", "It shines.", 500);
  }

  /** A product of 500 grams that costs so much since yesterday, 20 of which are in Berlin. */
  public Product product(String price) {
    Product product = unpriced();
    shop.prices().set(product.id(), new BigDecimal(price), daysAgo(1));
    shop.inventory().move(product.id(), "BER", 20, "delivery");
    return product;
  }

  /** An order of so many of a product by a new customer. */
  public Order order(Product product, int quantity) {
    return order(customer(), product, quantity);
  }

  /** An order of so many of a product. */
  public Order order(Customer customer, Product product, int quantity) {
    shop.carts().add(customer.id(), product.id(), quantity);
    return shop.checkout().place(customer.id());
  }

  /** An order that was paid. */
  public Order paid(Product product, int quantity) {
    return pay(order(product, quantity));
  }

  /** An order once it is paid. */
  public Order pay(Order order) {
    shop.payments()
        .capture(shop.payments().authorise(order.id(), "card", order.total(), unique("reference")));
    return shop.orders().get(order.id());
  }

  /** An order that the customer has received. */
  public Order delivered(Customer customer, Product product, int quantity) {
    Order order = pay(order(customer, product, quantity));
    String tracking = unique("T");
    shop.shipments().shipAll(order.id(), "post", tracking);
    shop.shipments().delivered(tracking, Instant.now().plusSeconds(60));
    return shop.orders().get(order.id());
  }

  /** A time in the past. */
  public static Instant daysAgo(int days) {
    return Instant.now().minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
  }
}
