package dev.bpg.junit5;

import java.util.List;

/** Migrations by Flyway, as {@link BranchedDatabase#flyway()} names them. */
record FlywayStep(List<String> locations) implements SourceStep {

  @Override
  public Loaded load(Class<?> testClass) {
    OptionalTool.FLYWAY.require();
    ClassLoader loader = testClass.getClassLoader();
    ContentHash hash = new ContentHash();
    for (String location : locations) {
      MigrationFiles.of(location, loader).forEach((path, content) -> hash.add(path).add(content));
    }
    return new Loaded(
        "flyway",
        hash.text(),
        database ->
            database.prepare(dataSource -> FlywayRun.migrate(locations, loader, dataSource)));
  }

  @Override
  public boolean isReadAgain() {
    return true;
  }

  @Override
  public String toString() {
    return "one of the migrations of " + String.join(", ", locations);
  }
}
