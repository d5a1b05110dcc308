package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
 * {@code @Nested} classes, with the same parameters and fields. If the field is not static, and not
 * of an instance that all tests share, each test has a branch of its own, as with {@link
 * BranchScope#METHOD}. A class has either this or the annotation.
 *
 * <p>Where the field is inherited, each class that runs has a branch of its own. While several of
 * them run at once, {@link #branch()} cannot know which is meant and throws: take parameters there.
 *
 * <p>Thread-safe.
 */
public final class BranchExtension extends BranchCallbacks {

  private static final String OF_CLASS = "of a class";

  private final BranchSpec spec;
  private final BranchScope scope;

  // For the accessors alone, which JUnit gives no context to; opened and closed by its stores.
  private final CopyOnWriteArrayList<TestBranch> live = new CopyOnWriteArrayList<>();

  BranchExtension(BranchSpec spec, BranchScope scope) {
    this.spec = spec;
    this.scope = scope;
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
   * The branch of the class or test that runs.
   *
   * @throws RefusedException if none runs, or several at once
   */
  public Branch branch() {
    List<TestBranch> now = List.copyOf(live);
    if (now.size() == 1) {
      return now.get(0).branch();
    }
    throw new RefusedException(
        "get the branch of",
        spec.source().toString(),
        now.isEmpty()
            ? "no test class with this extension runs"
            : "several classes with this extension run: "
                + now.stream().map(TestBranch::owner).collect(Collectors.joining(", ")),
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

  /** Notes that this is registered for the class, and not for a single test. */
  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(namespace()).put(OF_CLASS, true);
    super.beforeAll(context);
  }

  @Override
  List<Declaration> declared(ExtensionContext context, Class<?> declaring) {
    return declared(context).toList();
  }

  @Override
  Stream<Declaration> declared(ExtensionContext context) {
    // The class that has the field comes first, and the nested ones find its branch.
    return TestClasses.around(context)
        .limit(1)
        .map(owner -> new Declaration("", owner, TestBranch.class, scope(context), spec));
  }

  // One instance for all tests is made before beforeAll, and one for each test after it.
  private BranchScope scope(ExtensionContext context) {
    boolean ofTest =
        context.getTestMethod().isPresent()
            && context.getStore(namespace()).get(OF_CLASS, Boolean.class) == null;
    if (ofTest) {
      return BranchScope.METHOD;
    }
    return scope == BranchScope.DEFAULT ? new RunParameters(context).scope() : scope;
  }

  @Override
  boolean setsFieldsBeforeEach(ExtensionContext context) {
    return super.setsFieldsBeforeEach(context)
        || context.getStore(namespace()).get(OF_CLASS, Boolean.class) == null;
  }

  @Override
  TestBranch open(Declaration declaration, ExtensionContext context) {
    Optional<TestBranch> there = opened(declaration, context);
    if (there.isPresent()) {
      return there.get();
    }
    TestBranch opened = new OpenBranches(namespace()).open(declaration, context);
    if (live.addIfAbsent(opened)) {
      declaration.home(context).getStore(namespace()).put(opened, new Listed(opened, live));
    }
    return opened;
  }

  @Override
  Optional<TestBranch> opened(Declaration declaration, ExtensionContext context) {
    return new OpenBranches(namespace()).opened(declaration, context);
  }

  private Namespace namespace() {
    return Namespace.create(BranchExtension.class, this);
  }

  // The branch is taken from the list before it is closed: a store closes what came last first.
  @SuppressWarnings("deprecation") // As in TestBranch.
  private record Listed(TestBranch branch, List<TestBranch> live)
      implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      live.remove(branch);
    }
  }
}
