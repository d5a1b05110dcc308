package dev.bpg.examples.kotlin

import dev.bpg.DatabasePreparation
import dev.bpg.junit5.BranchedDatabase
import dev.bpg.junit5.FromBranch
import java.sql.Connection
import javax.sql.DataSource
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

/** Code in Kotlin that makes templates: a class and an object. */
class SourcesTest {

  internal class Paid : DatabasePreparation {
    override fun prepare(dataSource: DataSource) =
        dataSource.run("UPDATE orders SET paid = true WHERE id < 4")
  }

  private object Fewer : DatabasePreparation {
    override fun prepare(dataSource: DataSource) = dataSource.run("DELETE FROM orders WHERE id > 8")
  }

  @Nested
  @BranchedDatabase("shop", scripts = ["/schema.sql"], prepare = [Paid::class, Fewer::class])
  inner class OfAnAnnotation {
    @Test
    fun `a class and an object prepare`(connection: Connection) {
      assertThat(connection.orders("paid")).isEqualTo(3)
      assertThat(connection.orders("true")).isEqualTo(8)
    }
  }

  @Nested
  @BranchedDatabase("shop", scripts = ["/schema.sql"], name = "here")
  @BranchedDatabase("shop", scripts = ["/schema.sql"], name = "there")
  inner class OfSeveral {
    @Test
    fun `each has a name`(
        @FromBranch("here") here: Connection,
        @FromBranch("there") there: Connection,
    ) {
      here.run("DELETE FROM orders")
      assertThat(there.orders("true")).isEqualTo(10)
    }
  }
}
