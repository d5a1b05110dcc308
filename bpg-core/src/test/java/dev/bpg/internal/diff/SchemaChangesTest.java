package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.ChangeKind;
import dev.bpg.diff.ObjectType;
import dev.bpg.diff.SchemaChange;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "Postgres {0}")
@ValueSource(ints = {14, 17, 18})
class SchemaChangesTest {

  private static final Set<ObjectType> OF_THE_CLUSTER =
      EnumSet.of(ObjectType.ROLE, ObjectType.DATABASE);

  private static PostgresServer server;

  @Parameter int major;

  @BeforeParameterizedClassInvocation
  static void start(int major) throws Exception {
    server = PostgresServer.start(major);
    server.create("none");
    server.create("made");
    server.execute("made", SchemaSamples.MADE);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void everythingThatWasAddedIsThereWithItsDefinition() {
    BranchDiff diff = server.diff("none", "made");

    assertThat(diff.schema()).extracting(SchemaChange::kind).containsOnly(ChangeKind.ADDED);
    assertThat(names(diff)).containsExactlyInAnyOrderElementsOf(SchemaSamples.ADDED);
    assertThat(diff.schema()).allSatisfy(change -> assertThat(change.before()).isEmpty());
    assertThat(diff.schema())
        .allSatisfy(change -> assertThat(change.database()).contains("postgres"));
    assertThat(definition(diff, "shop.orders")).isEqualTo(SchemaSamples.ORDERS);
  }

  @Test
  void everythingThatWasRemovedIsThereWithItsDefinition() {
    BranchDiff added = server.diff("none", "made");
    BranchDiff removed = server.diff("made", "none");

    assertThat(names(removed)).isEqualTo(names(added));
    assertThat(removed.schema()).extracting(SchemaChange::kind).containsOnly(ChangeKind.REMOVED);
    assertThat(removed.schema())
        .extracting(SchemaChange::before)
        .isEqualTo(added.schema().stream().map(SchemaChange::after).toList());
  }

  @Test
  void everythingThatWasChangedIsThereWithBothDefinitions() throws Exception {
    server.copy("made", "changed");
    server.execute("changed", SchemaSamples.CHANGES);

    BranchDiff diff = server.diff("made", "changed");

    assertThat(diff.schema())
        .extracting(SchemaChange::toString)
        .containsExactlyInAnyOrderElementsOf(SchemaSamples.CHANGED);
    assertThat(diff.schema().stream().filter(change -> change.kind() == ChangeKind.CHANGED))
        .allSatisfy(change -> assertThat(change.before()).isNotEqualTo(change.after()));
    Set<ObjectType> changed =
        diff.schema().stream()
            .filter(change -> change.kind() == ChangeKind.CHANGED)
            .map(SchemaChange::type)
            .collect(Collectors.toSet());
    assertThat(changed)
        .as("the types of which the sample changes one")
        .containsAll(
            Arrays.stream(ObjectType.values())
                .filter(type -> !OF_THE_CLUSTER.contains(type))
                .toList());
  }

  @Test
  void aCopyOfEverythingIsNoDifference() throws Exception {
    server.copy("made", "copy");

    BranchDiff diff = server.diff("made", "copy");

    assertThat(diff.text())
        .isEqualTo(
            """
            copy against made: no differences
            not compared
              shop.remote: it is a foreign table""");
    assertThat(diff.isEmpty()).isTrue();
  }

  @Test
  void theUsualRightsGivenExplicitlyAreNoDifference() throws Exception {
    server.copy("none", "granted");
    server.execute("none", "DROP TABLE IF EXISTS t; CREATE TABLE t (id int)");
    server.execute(
        "granted",
        "CREATE TABLE t (id int); GRANT SELECT ON t TO PUBLIC; REVOKE SELECT ON t FROM PUBLIC");

    assertThat(server.diff("none", "granted").isEmpty()).isTrue();

    server.execute("none", "DROP TABLE t");
  }

  @Test
  void aTableThatBecameAViewIsOneRemovedAndOneAdded() throws Exception {
    server.copy("none", "table");
    server.copy("none", "view");
    server.execute("table", "CREATE TABLE x (id int PRIMARY KEY); COMMENT ON TABLE x IS 'it''s'");
    server.execute("view", "CREATE VIEW x AS SELECT 1 AS id");

    assertThat(server.diff("table", "view").text())
        .isEqualTo(
            """
            view against table
            schema
              - table public.x
              + view public.x""");
  }

  @Test
  void theTextShowsTheLinesOfADefinitionThatChanged() throws Exception {
    server.copy("none", "old");
    server.execute("old", "CREATE TABLE t (id int, note text); CREATE SEQUENCE \"A b\"");
    server.copy("old", "new");
    server.execute(
        "new",
        "ALTER TABLE t ALTER note SET NOT NULL, ADD at timestamptz DEFAULT now();"
            + " COMMENT ON TABLE t IS 'two'; SELECT nextval('\"A b\"');"
            + " INSERT INTO t VALUES (1, 'x')");

    assertThat(server.diff("old", "new").text())
        .isEqualTo(
            """
            new against old
            schema
              ~ table public.t
                  + COMMENT 'two'
              + column public.t.at
              ~ column public.t.note
                  - note text
                  + note text NOT NULL
            rows
              public.t: 1 inserted (no key) (without at)
            sequences
              public."A b": next 1 -> 2""");
  }

  private static List<String> names(BranchDiff diff) {
    return diff.schema().stream().map(c -> c.type().words() + " " + c.name()).toList();
  }

  private static String definition(BranchDiff diff, String name) {
    return diff.schema().stream()
        .filter(change -> change.name().equals(name))
        .map(SchemaChange::after)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }
}
