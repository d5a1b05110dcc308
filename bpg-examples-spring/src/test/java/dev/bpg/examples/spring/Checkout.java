package dev.bpg.examples.spring;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders and payments, by JPA and by plain JDBC in one transaction. */
@Service
class Checkout {

  private final Customers customers;
  private final Orders orders;
  private final JdbcClient jdbc;

  Checkout(Customers customers, Orders orders, JdbcClient jdbc) {
    this.customers = customers;
    this.orders = orders;
    this.jdbc = jdbc;
  }

  /** A new order, of a customer who may be new. */
  @Transactional
  public void order(String customer, long cents) {
    Customer who =
        customers.findByName(customer).orElseGet(() -> customers.save(new Customer(customer)));
    orders.saveAndFlush(new Order(who, cents));
  }

  /** Pays one order. */
  @Transactional
  public void pay(long id) {
    orders.findById(id).orElseThrow().pay();
  }

  /** What is not paid yet, of all customers. */
  public long openCents() {
    return jdbc.sql("SELECT coalesce(sum(cents), 0) FROM orders WHERE NOT paid")
        .query(Long.class)
        .single();
  }
}
