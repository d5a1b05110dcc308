package dev.bpg.examples.spring;

import org.springframework.data.jpa.repository.JpaRepository;

/** All orders. */
interface Orders extends JpaRepository<Order, Long> {

  /** How many are paid. */
  long countByPaidTrue();
}
