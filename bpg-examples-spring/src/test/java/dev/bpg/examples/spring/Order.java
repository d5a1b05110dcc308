package dev.bpg.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What a customer wants, and whether it is paid. */
@Entity
@Table(name = "orders")
class Order {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  private @Nullable Customer customer;

  private long cents;
  private boolean paid;

  /** For JPA. */
  protected Order() {}

  Order(Customer customer, long cents) {
    this.customer = customer;
    this.cents = cents;
  }

  long cents() {
    return cents;
  }

  void pay() {
    paid = true;
  }
}
