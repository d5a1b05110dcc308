package dev.bpg.examples.kotlin

import dev.bpg.junit5.BranchExtension
import java.sql.Connection
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension

// tag::registered
class RegisteredTest {

  companion object {
    @JvmField
    @RegisterExtension
    val shop: BranchExtension =
        BranchExtension.from("shop")
            .scripts("/schema.sql")
            .prepare { db -> db.run("DELETE FROM orders WHERE id > 1") }
            .build()
  }

  @Test
  fun `a lambda prepares`(connection: Connection) {
    assertThat(connection.orders("true")).isEqualTo(1)
    assertThat(shop.dataSource().orders("true")).isEqualTo(1)
  }
}
// end::registered
