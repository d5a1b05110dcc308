package dev.bpg.examples.shop.sql;

import java.sql.SQLException;

/** A statement that failed for a reason that no caller expected. */
public final class SqlFailure extends RuntimeException {

  private static final String CHECK_VIOLATION = "23514";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final String state;

  SqlFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    this.state = String.valueOf(cause.getSQLState());
  }

  /** Whether a value was there already. */
  public boolean isDuplicate() {
    return state.equals(UNIQUE_VIOLATION);
  }

  /** Whether a check of a table or of a trigger refused a value. */
  public boolean isRefusedByCheck() {
    return state.equals(CHECK_VIOLATION);
  }

  /** Whether a row that another one names is not there. */
  public boolean isDangling() {
    return state.equals(FOREIGN_KEY_VIOLATION);
  }
}
