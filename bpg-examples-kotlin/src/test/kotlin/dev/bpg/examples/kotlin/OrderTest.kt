package dev.bpg.examples.kotlin

import dev.bpg.Branch
import dev.bpg.junit5.BranchScope
import dev.bpg.junit5.BranchedDatabase
import dev.bpg.junit5.FromBranch
import java.sql.Connection
import javax.sql.DataSource
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

// tag::order-test
@BranchedDatabase("shop", scripts = ["/schema.sql"], scope = BranchScope.METHOD)
class OrderTest(private val db: DataSource) {

  @FromBranch lateinit var branch: Branch

  @Test
  fun `the branch is of a template`() {
    assertThat(branch.parent().get()).startsWith("shop-")
  }

  @Test
  fun `an order is paid`(connection: Connection) {
    connection.run("UPDATE orders SET paid = true WHERE id = 7")
    assertThat(db.orders("paid")).isEqualTo(1)
  }

  @Nested
  inner class `When all is paid` {

    @Test
    fun `nothing is open`() {
      db.run("UPDATE orders SET paid = true")
      assertThat(db.orders("NOT paid")).isZero()
    }
  }
}
// end::order-test
