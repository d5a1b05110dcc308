package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.Template;
import dev.bpg.config.TemplateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateCleanupTest extends CopyContract {

  private Template made(String fingerprint) {
    return bpg.newDatabase("kept").template(fingerprint);
  }

  private void usedBefore(Template template, Duration time) throws IOException {
    Files.setLastModifiedTime(use(template), FileTime.from(Instant.now().minus(time)));
  }

  private Path use(Template template) {
    return library.home().resolve("templates").resolve(template.name());
  }

  // Closing waits for what is dropped.
  private Template makeAnother(TemplateConfig bounds) {
    try (Bpg other = Bpg.open(library.config().templates(bounds).build())) {
      return other.newDatabase("another").template("v1");
    }
  }

  private List<String> databases() {
    return bpg.listDatabases().stream()
        .map(Database::name)
        .filter(name -> !name.equals("shop"))
        .toList();
  }

  @Test
  void dropsWhatNobodyUsedForLongAndHasNoBranches() throws Exception {
    Template unused = made("unused");
    Template used = made("used");
    Template branched = made("branched");
    Branch branch = branched.branch().create();
    Template safe = made("protected");
    safe.database().main().protect();
    usedBefore(unused, Duration.ofDays(8));
    usedBefore(used, Duration.ofDays(6));
    usedBefore(branched, Duration.ofDays(8));
    usedBefore(safe, Duration.ofDays(8));

    Template another = makeAnother(TemplateConfig.defaults());

    assertThat(databases())
        .containsExactlyInAnyOrder(used.name(), branched.name(), safe.name(), another.name());
    assertThat(use(unused)).doesNotExist();
    assertThat(branch.isRunning()).isTrue();
    safe.database().main().unprotect();
  }

  @Test
  void dropsTheLongestUnusedWhileAllTakeTooMuchSpace() throws Exception {
    Template oldest = made("oldest");
    Template older = made("older");
    Template justUsed = made("just used");
    usedBefore(oldest, Duration.ofHours(3));
    usedBefore(older, Duration.ofHours(2));
    // Each takes twice what its snapshot does: copies share nothing.
    long three = 7 * oldest.snapshot().size();

    Template another = makeAnother(TemplateConfig.defaults().withMaxSize(three));
    assertThat(databases())
        .containsExactlyInAnyOrder(older.name(), justUsed.name(), another.name());

    bpg.deleteDatabase(another.name());
    another = makeAnother(TemplateConfig.defaults().withMaxSize(0));
    assertThat(databases()).containsExactlyInAnyOrder(justUsed.name(), another.name());
  }

  @Test
  void aUseIsRememberedAndKeepsATemplate() throws Exception {
    Template template = made("v1");
    usedBefore(template, Duration.ofDays(8));

    assertThat(made("v1").snapshot().id()).isEqualTo(template.snapshot().id());

    assertThat(Files.getLastModifiedTime(use(template)).toInstant())
        .isAfter(Instant.now().minusSeconds(60));
    makeAnother(TemplateConfig.defaults());
    assertThat(databases()).contains(template.name());
  }
}
