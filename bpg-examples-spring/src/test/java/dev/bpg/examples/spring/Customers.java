package dev.bpg.examples.spring;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** All customers. */
interface Customers extends JpaRepository<Customer, Long> {

  /** The one of a name. */
  Optional<Customer> findByName(String name);
}
