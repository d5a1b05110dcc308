package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.model.BranchMode;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import dev.bpg.testing.ShopChecks;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Ability("Branches have every row, page, index and sequence of their parent")
class DataIntegrityTest extends EveryStorageContract {

  @ParameterizedTest
  @EnumSource
  void aBranchHasEveryRowOfItsParentByChecksum(BranchMode mode) throws Exception {
    Branch parent = parent();

    Branch branch = taken(parent, mode);

    for (String table : ShopChecks.TABLES) {
      assertThat(query(branch, ShopChecks.checksum(table)))
          .as(table)
          .isEqualTo(query(parent, ShopChecks.checksum(table)));
    }
    assertThat(query(branch, "SELECT sum(cents) || ' ' || avg(customer) FROM orders"))
        .isEqualTo(query(parent, "SELECT sum(cents) || ' ' || avg(customer) FROM orders"));
    assertThat(query(branch, "SELECT md5(string_agg(md5(raw), '' ORDER BY id)) FROM documents"))
        .isEqualTo(
            query(parent, "SELECT md5(string_agg(md5(raw), '' ORDER BY id)) FROM documents"));
  }

  @ParameterizedTest
  @EnumSource
  void everyPageAndEveryIndexIsSound(BranchMode mode) throws Exception {
    Branch branch = taken(parent(), mode);

    ShopChecks.assertSound(branch);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCommittedIsThereAndWhatIsNotIsNot(BranchMode mode) throws Exception {
    Branch parent = parent();
    try (Connection open = parent.dataSource().getConnection();
        Connection committed = parent.dataSource().getConnection()) {
      open.setAutoCommit(false);
      execute(open, "INSERT INTO ledger SELECT generate_series(1001, 3000)");
      execute(open, "UPDATE accounts SET balance = 0 WHERE id = 1");
      execute(committed, "INSERT INTO ledger VALUES (1)");

      Branch branch = taken(parent, mode);
      open.commit();

      assertThat(query(branch, "SELECT string_agg(id::text, ' ') FROM ledger")).isEqualTo("1");
      assertThat(query(branch, "SELECT balance FROM accounts WHERE id = 1")).isEqualTo("1000");
      assertThat(query(parent, "SELECT count(*) FROM ledger")).isEqualTo("2001");
    }
  }

  @Test
  void constraintsHold() throws Exception {
    Branch branch = parent();

    assertThatThrownBy(
            () -> execute(branch, "INSERT INTO customers VALUES (2000, 'c1@example.com')"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("duplicate key value violates unique constraint");
    assertThatThrownBy(
            () -> execute(branch, "INSERT INTO orders (customer, cents) VALUES (9999, 1)"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("violates foreign key constraint");
    assertThat(
            query(
                branch,
                "SELECT count(*) FROM orders o LEFT JOIN customers c ON c.id = o.customer"
                    + " WHERE c.id IS NULL"))
        .isEqualTo("0");
  }

  @Test
  void indexesAreUsed() throws Exception {
    assertThat(query(parent(), "EXPLAIN SELECT id FROM customers WHERE email = 'c7@example.com'"))
        .contains("Index Scan using customers_email_key");
  }

  @ParameterizedTest
  @EnumSource
  void sequencesAreEqualThenDiverge(BranchMode mode) throws Exception {
    Branch parent = parent();
    Branch branch = taken(parent, mode);

    // A server that recovers skips what it had logged in advance, so a branch may be ahead.
    long first = Long.parseLong(query(branch, "SELECT nextval('tickets')"));
    assertThat(first).isBetween(42L, 42L + 32);
    execute(branch, "SELECT setval('tickets', 1000)");
    assertThat(Long.parseLong(query(parent, "SELECT nextval('tickets')"))).isBetween(42L, 74L);
    assertThat(query(branch, "SELECT nextval('tickets')")).isEqualTo("1001");
  }

  private static Branch taken(Branch parent, BranchMode mode) {
    BranchBuilder builder = parent.branch();
    return (mode == BranchMode.FAST ? builder.fast() : builder.consistent()).create();
  }

  @Test
  void branchesOfAnIdleParentAreIdentical() throws Exception {
    String checksum = ShopChecks.checksum("orders");

    assertThat(query(bpg.from(Library.SHOP).fast().create(), checksum))
        .isEqualTo(query(bpg.from(Library.SHOP).create(), checksum))
        .isEqualTo(query(library.shop(), checksum));
  }
}
