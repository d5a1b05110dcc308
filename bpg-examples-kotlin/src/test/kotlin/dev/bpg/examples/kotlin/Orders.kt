package dev.bpg.examples.kotlin

import java.sql.Connection
import javax.sql.DataSource

/** How many orders meet a condition. */
internal fun Connection.orders(condition: String): Int =
    createStatement().use { statement ->
      statement.executeQuery("SELECT count(*) FROM orders WHERE $condition").use { rows ->
        rows.next()
        rows.getInt(1)
      }
    }

internal fun DataSource.orders(condition: String): Int = connection.use { it.orders(condition) }

internal fun Connection.run(sql: String) {
  createStatement().use { it.execute(sql) }
}

internal fun DataSource.run(sql: String) {
  connection.use { it.run(sql) }
}
