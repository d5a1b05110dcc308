package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * {@link BranchedDatabase} through a builder, for what an annotation cannot say.
 *
 * <pre>{@code
 * class OrderTest {
 *   @RegisterExtension
 *   static final BranchExtension db = BranchExtension.from("api/main").build();
 *
 *   @Test
 *   void pays() {
 *     try (Connection connection = db.dataSource().getConnection()) { … }
 *   }
 * }
 * }</pre>
 *
 * <p>The class that has the field has a branch, as if it were annotated: for itself and its
 * {@code @Nested} classes, with the same parameters and fields. The field has to be static unless
 * all tests share one instance ({@code @TestInstance(PER_CLASS)}); otherwise each test fails with a
 * {@link RefusedException}, because a class has one branch and not one for each test. A class has
 * either this or the annotation.
 *
 * <p>Where the field is inherited, each class that runs has a branch of its own. While several of
 * them run at once, {@link #branch()} cannot know which is meant and throws: take parameters there.
 *
 * <p>Thread-safe.
 */
public final class BranchExtension extends BranchCallbacks implements BeforeEachCallback {

  private static final String OPEN = "open";

  private final BranchSpec spec;

  // For the accessors alone, which JUnit gives no context to; opened and closed by its stores.
  private final List<ClassBranch> live = new CopyOnWriteArrayList<>();

  BranchExtension(BranchSpec spec) {
    this.spec = spec;
  }

  /**
   * Begins to describe the branches.
   *
   * @param source the branch to make branches of, such as {@code api/main}
   * @throws RefusedException if it is no branch's name
   */
  public static BranchExtensionBuilder from(String source) {
    return new BranchExtensionBuilder(source);
  }

  /**
   * The branch of the class that runs.
   *
   * @throws RefusedException if none runs, or several at once
   */
  public Branch branch() {
    List<ClassBranch> now = List.copyOf(live);
    if (now.size() == 1) {
      return now.get(0).branch();
    }
    throw new RefusedException(
        "get the branch of",
        spec.source().toString(),
        now.isEmpty()
            ? "no test class with this extension runs"
            : "several classes with this extension run: "
                + now.stream().map(ClassBranch::testClass).collect(Collectors.joining(", ")),
        now.isEmpty()
            ? "ask in a test, or in a method such as @BeforeAll"
            : "take the branch as a parameter, or give each class an extension of its own");
  }

  /**
   * Opens connections to that branch, which the caller closes.
   *
   * @throws RefusedException if no class runs, or several at once
   */
  public DataSource dataSource() {
    return branch().dataSource();
  }

  /**
   * That branch's JDBC URL with user and password, as {@link BranchUrl} gives it.
   *
   * @throws RefusedException if no class runs, or several at once
   */
  public String url() {
    return BranchValues.url(branch());
  }

  @Override
  Optional<Supplier<ClassBranch>> branch(ExtensionContext context, Class<?> declaring) {
    // The class that has the field comes first, and the nested ones find its branch.
    return TestClasses.around(context).findFirst().map(owner -> () -> branch(owner));
  }

  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  private ClassBranch branch(ExtensionContext owner) {
    return store(owner)
        .getOrComputeIfAbsent(ClassBranch.class, key -> open(owner), ClassBranch.class);
  }

  private ClassBranch open(ExtensionContext owner) {
    ClassBranch opened = ClassBranch.open(owner, spec);
    live.add(opened);
    store(owner).put(OPEN, new Listed(opened, live));
    return opened;
  }

  @Override
  Stream<ClassBranch> opened(ExtensionContext context) {
    return Stream.ofNullable(store(context).get(ClassBranch.class, ClassBranch.class));
  }

  /** Refuses to work from a field that is not static, for which JUnit calls nothing earlier. */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (opened(context).findAny().isEmpty()) {
      throw new RefusedException(
          "use the extension for",
          spec.source().toString(),
          "it is registered for single tests, and a branch belongs to a class",
          "make the field static");
    }
  }

  private Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(BranchExtension.class, this));
  }

  // The branch is taken from the list before it is closed: a store closes what came last first.
  @SuppressWarnings("deprecation") // As in ClassBranch.
  private record Listed(ClassBranch branch, List<ClassBranch> live)
      implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      live.remove(branch);
    }
  }
}
