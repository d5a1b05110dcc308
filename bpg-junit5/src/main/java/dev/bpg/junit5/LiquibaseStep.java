package dev.bpg.junit5;

/** A change log of Liquibase, as {@link BranchedDatabase#liquibase()} names it. */
record LiquibaseStep(String changeLog) implements SourceStep {

  @Override
  public Loaded load(Class<?> testClass) {
    OptionalTool.LIQUIBASE.require();
    ClassLoader loader = testClass.getClassLoader();
    return new Loaded(
        "liquibase",
        LiquibaseRun.hash(changeLog, loader),
        database -> database.prepare(source -> LiquibaseRun.update(changeLog, loader, source)));
  }

  @Override
  public boolean isReadAgain() {
    return true;
  }

  @Override
  public String toString() {
    return "the change log " + changeLog + ", or a file of it,";
  }
}
