package dev.bpg.examples.shop.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the row that a result is at. */
@FunctionalInterface
public interface Row<T> {

  /** The value of the present row. */
  T read(ResultSet result) throws SQLException;
}
