package dev.bpg.examples.kotlin

import dev.bpg.Branch
import dev.bpg.junit5.BranchUrl
import dev.bpg.junit5.BranchedDatabase
import dev.bpg.junit5.FromBranch
import java.sql.Connection
import javax.sql.DataSource
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestMethodOrder

/** One instance for all tests, with fields of each kind, and a companion's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation::class)
@BranchedDatabase("shop", scripts = ["/schema.sql"])
class OneInstanceTest(private val ofConstructor: Branch) {

  @FromBranch private lateinit var secret: Connection
  @FromBranch internal lateinit var shown: DataSource
  @field:BranchUrl private var url: String = ""
  @FromBranch var absent: Branch? = null

  companion object {
    @FromBranch @JvmStatic lateinit var shared: Branch
    @FromBranch lateinit var withoutJvmStatic: Branch
  }

  @BeforeAll
  fun `there is a branch before all`(branch: Branch) {
    assertThat(branch.name()).isEqualTo(ofConstructor.name()).isEqualTo(shared.name())
    assertThat(withoutJvmStatic.name()).isEqualTo(shared.name())
    secret.run("DELETE FROM orders WHERE id > 5")
  }

  @Test
  @Order(1)
  fun `all fields are set`() {
    assertThat(secret.orders("true")).isEqualTo(5)
    assertThat(shown.orders("true")).isEqualTo(5)
    assertThat(url).startsWith("jdbc:postgresql://127.0.0.1:")
    assertThat(absent!!.name()).isEqualTo(shared.name())
    secret.run("DELETE FROM orders")
  }

  @Test
  @Order(2)
  fun `what the one before did is there`(connection: Connection) {
    assertThat(connection.orders("true")).isZero()
  }
}
