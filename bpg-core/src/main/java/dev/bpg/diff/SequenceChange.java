package dev.bpg.diff;

/**
 * A sequence that is on both sides and will give another value next.
 *
 * <p>A server that recovers from a crash skips up to 32 values that it had logged in advance, and
 * so does a branch of a running parent. A sequence that is ahead by exactly those counts as
 * unchanged.
 *
 * @param database the database it is in
 * @param schema the name of its schema, not quoted
 * @param name its name, not quoted
 * @param before the value that it would have given next before
 * @param after the value that it would give next now
 */
public record SequenceChange(String database, String schema, String name, long before, long after) {

  /** Schema and name as in SQL, quoted where needed. */
  public String qualifiedName() {
    return Names.qualified(schema, name);
  }

  /** {@code public.orders_id_seq: next 42 -> 45}. */
  @Override
  public String toString() {
    return qualifiedName() + ": next " + before + " -> " + after;
  }
}
