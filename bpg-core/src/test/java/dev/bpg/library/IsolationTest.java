package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.model.BranchMode;
import dev.bpg.testing.Ability;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Ability("Branches see nothing of each other")
class IsolationTest extends EveryStorageContract {

  private static final String WRITERS =
      "SELECT string_agg(email, ' ' ORDER BY email) FROM customers WHERE id > 1000";

  @ParameterizedTest
  @EnumSource
  void nobodySeesWhatAnotherWritesWhateverIsRestarted(BranchMode mode) throws Exception {
    Branch parent = parent();
    Branch one = branch(parent, mode);
    Branch two = branch(parent, mode);
    Branch child = branch(one, mode);
    List<Branch> all = List.of(parent, one, two, child);
    assertThat(one.id()).isNotEqualTo(two.id());

    for (Branch writer : all) {
      assertThat(query(writer, "SELECT count(*) FROM customers")).isEqualTo("1000");
      write(writer);
    }
    for (Branch writer : all) {
      assertThat(query(writer, WRITERS)).isEqualTo(writer.id());
    }
    all.forEach(Branch::restart);
    for (Branch writer : all) {
      assertThat(query(writer, WRITERS)).isEqualTo(writer.id());
      assertThat(query(writer, "SELECT sum(cents) FROM orders WHERE customer = 1")).isEqualTo("0");
    }
    assertThat(query(library.shop(), "SELECT count(*) FROM customers")).isEqualTo("1000");
    assertThat(query(library.shop(), "SELECT count(*) FROM orders WHERE cents > 0"))
        .isEqualTo("5000");
  }

  private static void write(Branch branch) throws SQLException {
    execute(branch, "INSERT INTO customers VALUES (1001, '" + branch.id() + "')");
    execute(branch, "UPDATE orders SET cents = 0 WHERE customer = 1");
    execute(branch, "DROP TABLE documents");
    execute(branch, "CHECKPOINT");
  }

  private static Branch branch(Branch parent, BranchMode mode) {
    return mode == BranchMode.FAST
        ? parent.branch().fast().create()
        : parent.branch().consistent().create();
  }
}
