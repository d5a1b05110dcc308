package dev.bpg.examples.shop.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Statements on a database: each on a connection of its own, or all of a transaction on one.
 * Failures are {@link SqlFailure}.
 */
public final class Sql {

  private final Connections connections;

  private Sql(Connections connections) {
    this.connections = connections;
  }

  /** Statements on connections of a data source. */
  public static Sql on(DataSource source) {
    return new Sql(
        new Connections() {
          @Override
          public <T> T use(Work<T> work) throws SQLException {
            try (Connection connection = source.getConnection()) {
              return work.on(connection);
            }
          }
        });
  }

  /** All rows of a query. */
  public <T> List<T> list(Row<T> row, String sql, Object... parameters) {
    return use(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, parameters);
              ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
              rows.add(row.read(result));
            }
            return rows;
          }
        });
  }

  /** The first row of a query. */
  public <T> Optional<T> find(Row<T> row, String sql, Object... parameters) {
    return list(row, sql, parameters).stream().findFirst();
  }

  /** The first row of a query that always has one. */
  public <T> T get(Row<T> row, String sql, Object... parameters) {
    return find(row, sql, parameters).orElseThrow();
  }

  /** A number that a query yields, or the id that an {@code INSERT … RETURNING id} does. */
  public long number(String sql, Object... parameters) {
    return get(result -> result.getLong(1), sql, parameters);
  }

  /** Changes rows, and tells how many. */
  public int update(String sql, Object... parameters) {
    return use(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
          }
        });
  }

  /** Does all or nothing. In a transaction already, it is part of that one. */
  public <T> T transaction(Function<Sql, T> work) {
    return use(
        connection -> {
          if (!connection.getAutoCommit()) {
            return work.apply(this);
          }
          connection.setAutoCommit(false);
          try {
            T result = work.apply(new Sql(bound(connection)));
            connection.commit();
            return result;
          } catch (RuntimeException | Error e) {
            connection.rollback();
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  /** Does all or nothing, where nothing comes of it. */
  public void inTransaction(Consumer<Sql> work) {
    transaction(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  private <T> T use(Work<T> work) {
    try {
      return connections.use(work);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private static Connections bound(Connection connection) {
    return new Connections() {
      @Override
      public <T> T use(Work<T> work) throws SQLException {
        return work.on(connection);
      }
    };
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object[] parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
    }
    return statement;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private interface Connections {
    <T> T use(Work<T> work) throws SQLException;
  }
}
