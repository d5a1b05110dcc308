package dev.bpg.examples.kotlin

import dev.bpg.Branch
import dev.bpg.junit5.BranchScope
import dev.bpg.junit5.BranchUrl
import dev.bpg.junit5.BranchedDatabase
import dev.bpg.junit5.FromBranch
import java.sql.DriverManager
import javax.sql.DataSource
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.RepeatedTest
import org.junit.jupiter.api.Test

/** Constructor, field and parameters of each test are of one branch, its own. */
@BranchedDatabase("shop", scripts = ["/schema.sql"], scope = BranchScope.METHOD)
class EachTest(private val db: DataSource) {

  @FromBranch lateinit var branch: Branch

  @RepeatedTest(2)
  fun `each begins with the template's rows`() {
    assertThat(db.orders("NOT paid")).isEqualTo(10)
    db.run("DELETE FROM orders")
  }

  @Test
  internal fun `an internal test runs too`(@BranchUrl url: String) {
    DriverManager.getConnection(url).use { assertThat(it.orders("true")).isEqualTo(10) }
  }

  @AfterEach
  fun `the field is of the same branch`(other: Branch) {
    assertThat(branch.name()).isEqualTo(other.name())
  }
}
