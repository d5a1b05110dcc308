package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.testing.Library;
import dev.bpg.testing.OtherJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenJvmsTest extends BothKindsContract {

  @Test
  void tenJvmsBranchOneParentAtOnce() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      names.add("j" + i);
    }

    assertThat(OtherJvm.createAtOnce(library, Library.SHOP, names))
        .allMatch(result -> result.startsWith("shop/j"));

    for (String name : names) {
      Branch branch = bpg.getBranch("shop/" + name);
      assertThat(query(branch, "SELECT count(*) FROM orders")).isEqualTo("5000");
      branch.delete();
    }
    assertNothingChanged();
  }
}
