package dev.bpg.diff;

import java.util.Optional;

/**
 * An object of a schema that differs.
 *
 * <p>A definition is a text of one or several lines in the words of SQL, to be read and compared
 * rather than run. Owner, rights other than the usual ones, and comment are lines of it.
 *
 * @param database the database it is in; empty for what belongs to the whole cluster
 * @param kind whether it was added, removed or changed
 * @param type what it is
 * @param name its name, with those of the schema and table it is in, each quoted where SQL needs it
 * @param before its definition before; empty if it was added
 * @param after its definition now; empty if it was removed
 */
public record SchemaChange(
    Optional<String> database,
    ChangeKind kind,
    ObjectType type,
    String name,
    Optional<String> before,
    Optional<String> after) {

  /** {@code ~ column public.orders.note}. */
  @Override
  public String toString() {
    return kind.sign() + " " + type.words() + " " + name;
  }
}
